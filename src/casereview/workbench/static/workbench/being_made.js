// A file that takes a while: the page says that it is being made, and when it has come. Without this the browser waits by itself.

function saved(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

async function made(form, button) {
  const body = new FormData(form, button), told = form.querySelector("[role=status]"), buttons = form.querySelectorAll("button");
  buttons.forEach(one => { one.disabled = true; });
  told.textContent = "The file is being made…";
  try {
    const answer = await fetch(form.action, { method: "POST", body });
    if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
    const named = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition") ?? "");
    saved(await answer.blob(), named ? named[1] : "file");
    told.textContent = "The file is there.";
  } catch {
    told.textContent = "The file could not be made. Load the page again, and try once more.";
  }
  buttons.forEach(one => { one.disabled = false; });
}

document.querySelectorAll("form[data-being-made]").forEach(form => form.addEventListener("submit", event => {
  event.preventDefault();
  made(form, event.submitter);
}));
