// The recording of a meeting: open at a second, pause at questions, tell what was seen.
// Without it the film plays, links reload the page at their second, and questions are answered.

const frame = document.querySelector("[data-replay]");
const player = frame.querySelector("[data-player]");

// --- open at a second; the address keeps it
const seek = (second) => {
  const go = () => {
    player.currentTime = second;
  };
  if (player.readyState >= 1) go();
  else player.addEventListener("loadedmetadata", go, { once: true });
};
const of_address = () => /^#t=(\d{1,6})$/.exec(location.hash)?.[1];
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-at]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const here = new URL(location.href);
  here.searchParams.delete("t");
  here.hash = `t=${link.dataset.at}`;
  history.replaceState(null, "", here);
  seek(Number(link.dataset.at));
  player.focus();
});
addEventListener("hashchange", () => of_address() && seek(Number(of_address())));
if (of_address()) seek(Number(of_address()));

// --- the chapter that is on
const chapters = [...frame.querySelectorAll(".times a")];
const mark_chapter = () => {
  const past = chapters.filter((link) => Number(link.dataset.at) <= player.currentTime);
  for (const link of chapters) {
    if (link === past.at(-1)) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
};

// --- a question waits at its second
const marks = new Set(player.dataset.marks.split(",").filter(Boolean).map(Number));
const ask = (before, now) => {
  for (const second of marks) {
    if (second <= before || second > now) continue;
    marks.delete(second);
    player.pause();
    if (document.fullscreenElement) document.exitFullscreen();
    document.querySelector(`[data-question="${second}"]`)?.focus();
  }
};

// --- what was seen, told every fifteen seconds and whenever it stops; told again until it is heard
const EVERY = 15;
let from = null;
let last = 0;
let untold = [];
const close = () => {
  if (from !== null && last > from) untold.push([Math.floor(from), player.ended ? Math.ceil(last) : Math.floor(last)]);
  from = null;
};
const body = () => {
  const data = new FormData();
  data.set("csrfmiddlewaretoken", frame.dataset.token);
  data.set("spans", untold.slice(-100).map((pair) => pair.join("-")).join(","));
  return data;
};
let telling = false;
const tell = async () => {
  if (telling) return;
  telling = true;
  const told = untold.slice(-100);
  try {
    const answer = await fetch(frame.dataset.seen, { method: "POST", body: body() });
    if (!answer.ok) return;
    untold = untold.filter((pair) => !told.includes(pair));
    const { percent, attested } = await answer.json();
    const shown = frame.querySelector("[data-percent]");
    if (!shown) return;
    shown.textContent = percent;
    frame.querySelector("[data-progress]").value = percent;
    if (attested) {
      frame.querySelector("[data-attested]").hidden = false;
      frame.querySelector("[data-rule]")?.remove();
    }
  } catch {
    // out of reach: told at the next time
  } finally {
    telling = false;
  }
};
player.addEventListener("play", () => {
  from = last = player.currentTime;
  tell(); // the clock of what may be counted starts here
});
player.addEventListener("seeking", close);
player.addEventListener("seeked", () => {
  last = player.currentTime;
  from = player.paused ? null : last;
  mark_chapter();
});
player.addEventListener("timeupdate", () => {
  if (player.seeking) return;
  const now = player.currentTime;
  if (from !== null && now > last) {
    const before = last;
    last = now;
    ask(before, now);
    if (last - from >= EVERY) {
      close();
      from = Math.floor(last);
      tell();
    }
  }
  mark_chapter();
});
for (const stop of ["pause", "ended"]) {
  player.addEventListener(stop, () => {
    close();
    if (untold.length) tell();
  });
}
addEventListener("pagehide", () => {
  close();
  if (untold.length) navigator.sendBeacon(frame.dataset.seen, body());
});
