// Lines decided one by one: one key for each gesture. The page is complete without it.

// A validation that goes on: the page sends its own button, once.
document.querySelector("[data-go-on]")?.requestSubmit();

const KEPT = "control-keys";
const help = document.querySelector("[data-key-help]");
const choice = document.querySelector("[data-key-switch]");
const allowed = () => localStorage.getItem(KEPT) !== "off";
if (choice) {
  help.hidden = false;
  choice.checked = allowed();
  choice.addEventListener("change", () => {
    localStorage.setItem(KEPT, choice.checked ? "on" : "off");
  });
}

const typing = (target) => target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (!allowed() || typing(event.target)) return;
  const key = event.key.toLowerCase();
  if (key === "?" && help) {
    help.open = !help.open;
  } else {
    const target =
      document.querySelector(`[data-key="${CSS.escape(key)}"]`) ??
      (key === "r" ? document.querySelector("textarea[name=reason]") : null);
    if (!target) return;
    if (target.matches("input, textarea")) {
      target.closest("details")?.setAttribute("open", "");
      target.focus();
    }
    else target.click();
  }
  event.preventDefault();
});
