// Asks the browser for a passkey, and posts what it gives with the form that asked. Bytes travel as base64url.
const form = document.querySelector("form[data-passkey]");
const fault = document.getElementById("passkey-fault");
const asked = JSON.parse(document.getElementById("passkey-asked").textContent);

const WHY = {
  InvalidStateError: "This passkey is one of yours here already.",
  NotAllowedError: "No passkey was given, or it took too long. Try again.",
  SecurityError: "Passkeys need an address with a name, such as http://localhost:8000, not a number such as 127.0.0.1.",
};

function bytes(text) {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), one => one.charCodeAt(0));
}

function text(buffer) {
  const letters = Array.from(new Uint8Array(buffer), one => String.fromCharCode(one)).join("");
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

const listed = several => (several ?? []).map(one => ({ ...one, id: bytes(one.id) }));

function creation(options) {
  const user = { ...options.user, id: bytes(options.user.id) };
  return { ...options, user, challenge: bytes(options.challenge), excludeCredentials: listed(options.excludeCredentials) };
}

function request(options) {
  return { ...options, challenge: bytes(options.challenge), allowCredentials: listed(options.allowCredentials) };
}

// What the server reads: the credential with every buffer as text.
function told(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  if (credential.response.getTransports) response.transports = credential.response.getTransports();
  return {
    type: credential.type,
    id: credential.id,
    rawId: text(credential.rawId),
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  };
}

async function ask() {
  if (!navigator.credentials || !window.PublicKeyCredential) throw new DOMException("", "SecurityError");
  return form.dataset.passkey === "create"
    ? navigator.credentials.create({ publicKey: creation(asked.creation_options.publicKey) })
    : navigator.credentials.get({ publicKey: request(asked.request_options.publicKey) });
}

form.addEventListener("submit", async event => {
  event.preventDefault();
  fault.textContent = "";
  try {
    form.elements.credential.value = JSON.stringify(told(await ask()));
    form.submit();
  } catch (error) {
    fault.textContent = WHY[error.name] ?? "The browser could not use a passkey. Try again, or use another way.";
  }
});
