// On a narrow screen the menu folds away behind a button. Without script it stays open.
const button = document.getElementById("menu-button");
const menu = document.getElementById("menu");

if (button) {
  document.documentElement.classList.add("folds");
  button.hidden = false;
  button.addEventListener("click", () => {
    const open = menu.classList.toggle("open");
    button.setAttribute("aria-expanded", String(open));
  });
}
