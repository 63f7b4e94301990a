// A draft keeps each field as it is typed; without this, the button of the draft does it.
// With data-whole the form goes as a whole, with the stamp (`shown`) of the draft that it shows.

const form = document.querySelector("form[data-keep]");
const kept_line = document.querySelector("[data-kept]");
const trouble = document.querySelector("[data-not-kept]");
const waiting = new Set(); // names of the fields that the draft does not hold yet
let timer;
let running = false;
let pressed; // the button pressed while a draft was on its way

const whole = "whole" in form.dataset;

const body_of = (name) => {
  if (whole) {
    const all = new FormData(form);
    all.set("quiet", "1");
    return all;
  }
  const body = new FormData();
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  body.set("name", name);
  for (const value of new FormData(form).getAll(name)) body.append("value", value);
  return body;
};

const show_trouble = (text) => {
  trouble.hidden = !text;
  if (text && trouble.textContent !== text) trouble.textContent = text;
};

// Why the server did not keep it: its own sentence, or that the session is over.
const refusal = async (answer) =>
  answer.status === 409 ? await answer.text() : form.dataset.signedOut;

const keep = async () => {
  if (running) return;
  running = true;
  clearTimeout(timer);
  try {
    for (const name of whole ? ["*"] : [...waiting]) {
      if (whole) waiting.clear();
      else waiting.delete(name);
      let answer;
      try {
        answer = await fetch(form.dataset.keep, { method: "POST", body: body_of(name) });
      } catch {
        waiting.add(name);
        show_trouble(form.dataset.offline);
        timer = setTimeout(keep, 5_000);
        return;
      }
      if (answer.status !== 204) {
        waiting.add(name);
        show_trouble(await refusal(answer));
        return;
      }
      if (whole) form.elements.shown.value = answer.headers.get("X-Shown");
    }
    show_trouble("");
    const now = new Date();
    const minutes = String(now.getMinutes()).padStart(2, "0");
    kept_line.textContent = `${form.dataset.saved} ${now.getHours()}\u00a0h\u00a0${minutes}.`;
  } finally {
    running = false;
    if (pressed) {
      form.requestSubmit(pressed);
      pressed = undefined;
    } else if (waiting.size && trouble.hidden) timer = setTimeout(keep, 50);
  }
};

const note = (event, delay) => {
  const { name, type } = event.target;
  if (!name || type === "file" || type === "hidden") return;
  waiting.add(name);
  clearTimeout(timer);
  timer = setTimeout(keep, delay);
};
form.addEventListener("input", (event) => note(event, 1_000));
form.addEventListener("change", (event) => note(event, 0));
addEventListener("online", () => waiting.size && keep());

// The page goes away: what waits is sent all the same, unless the form takes it along.
form.addEventListener(
  "submit",
  (event) => {
    clearTimeout(timer);
    waiting.clear();
    if (!whole || !running) return;
    event.preventDefault(); // the stamp is on its way: press again once it is here
    event.stopImmediatePropagation();
    pressed = event.submitter;
  },
  { capture: true },
);
addEventListener("pagehide", () => {
  if (whole && running) return;
  for (const name of whole && waiting.size ? ["*"] : waiting) {
    fetch(form.dataset.keep, { method: "POST", body: body_of(name), keepalive: true });
  }
});

// Shown again from the browser's memory, the page may hold an old stamp: what was kept is read.
addEventListener("pageshow", (event) => {
  if (whole && event.persisted) location.reload();
});
