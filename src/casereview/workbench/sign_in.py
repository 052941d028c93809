"""The forms of sign-in, in our words. What they check is allauth's."""

from typing import Any, ClassVar

from allauth.account import forms as accounts
from allauth.mfa.base import forms as codes
from allauth.mfa.totp import forms as apps
from allauth.mfa.webauthn import forms as passkeys
from django import forms

Words = dict[str, dict[str, str]]
"""Field → label, hint, and what is said when it is left empty."""

_CODE = {"label": "Code", "help_text": "Six digits from your app, or one of your recovery codes.", "empty": "Enter a code."}
_PASSKEY_NAME = {
    "label": "A name for it",
    "help_text": "So that you know it again, such as “work laptop”.",
    "empty": "Enter a name.",
}


class _Said(forms.Form):
    """A form whose fields are labelled by `words`, without placeholders."""

    words: ClassVar[Words] = {}

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        for name, said in self.words.items():
            field = self.fields[name]
            field.label, field.help_text = said["label"], said.get("help_text", "")
            field.error_messages["required"] = said["empty"]
            field.widget.attrs.pop("placeholder", None)


class SignIn(_Said, accounts.LoginForm):  # type: ignore[misc]  # allauth has no types
    """E-mail address and password."""

    words: ClassVar[Words] = {
        "login": {"label": "E-mail address", "empty": "Enter your e-mail address."},
        "password": {"label": "Password", "empty": "Enter your password."},
    }

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["login"].error_messages["invalid"] = "Enter an e-mail address, such as name@example.org."
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class ItIsYou(_Said, accounts.ReauthenticateForm):  # type: ignore[misc]
    """The password, once more."""

    words: ClassVar[Words] = {"password": {"label": "Your password", "empty": "Enter your password."}}


class NewPassword(_Said, accounts.ChangePasswordForm):  # type: ignore[misc]
    """Another password."""

    words: ClassVar[Words] = {
        "oldpassword": {"label": "The password you have now", "empty": "Enter the password you have now."},
        "password1": {
            "label": "New password",
            "help_text": "12 characters or more. Three or four words that have nothing to do with one another are good.",
            "empty": "Enter a new password.",
        },
        "password2": {"label": "New password, once more", "empty": "Enter the new password once more."},
    }

    def clean(self) -> dict[str, Any]:
        """The two are the same."""
        given: dict[str, Any] = super().clean() or {}
        if "password2" in self.errors and self.cleaned_data.get("password1"):
            self.errors["password2"] = self.error_class(["The two new passwords differ. Enter the same twice."])
        return given


class Code(_Said, codes.AuthenticateForm):  # type: ignore[misc]
    """The second step of signing in."""

    words: ClassVar[Words] = {"code": _CODE}


class CodeAgain(_Said, codes.ReauthenticateForm):  # type: ignore[misc]
    """A code, to show who you are once more."""

    words: ClassVar[Words] = {"code": _CODE}


class FirstCode(_Said, apps.ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an app, which shows that it was set up."""

    words: ClassVar[Words] = {
        "code": {"label": "The code that the app shows", "help_text": "Six digits.", "empty": "Enter the code."}
    }

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "spellcheck": "false"}


class AddPasskey(_Said, passkeys.AddWebAuthnForm):  # type: ignore[misc]
    """A passkey's name; the rest comes from the browser."""

    words: ClassVar[Words] = {"name": _PASSKEY_NAME}


class RenamePasskey(_Said, passkeys.EditWebAuthnForm):  # type: ignore[misc]
    """A passkey's name."""

    words: ClassVar[Words] = {"name": _PASSKEY_NAME}
