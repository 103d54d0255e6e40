// The player that is meant: that of the exhibit somebody was at last, or else the first on the desk.
const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2];

export function watchPlayers(desk) {
  const remember = (event) => {
    const exhibit = event.target.closest?.("[data-exhibit]");
    if (!exhibit) return;
    desk.querySelector("[data-exhibit-current]")?.removeAttribute("data-exhibit-current");
    exhibit.dataset.exhibitCurrent = "yes";
  };
  desk.addEventListener("focusin", remember);
  // "play" does not bubble, so it is caught on its way down.
  desk.addEventListener("play", remember, true);
}

export function playerOf(desk) {
  return desk.querySelector("[data-exhibit-current] :is(video, audio)") ?? desk.querySelector("[data-exhibit] :is(video, audio)");
}

export function playOrPause(desk) {
  const player = playerOf(desk);
  if (!player) return;
  if (player.paused) player.play().catch(() => say(desk, "This recording cannot be played here. Download it instead."));
  else player.pause();
}

export function skip(desk, seconds) {
  const player = playerOf(desk);
  if (player) goTo(player, player.currentTime + seconds);
}

export function goTo(player, second) {
  const end = Number.isFinite(player.duration) ? player.duration : Infinity;
  player.currentTime = Math.min(Math.max(second, 0), end);
}

export function changeSpeed(desk, by) {
  const player = playerOf(desk);
  if (!player) return;
  player.playbackRate = nextSpeed(player.playbackRate, by);
  say(desk, `Plays at ${player.playbackRate} times the speed.`);
}

export function nextSpeed(speed, by) {
  const here = SPEEDS.findIndex((one) => one >= speed);
  return SPEEDS[Math.min(Math.max((here < 0 ? SPEEDS.length - 1 : here) + by, 0), SPEEDS.length - 1)];
}

export function clock(second) {
  const [hours, minutes, rest] = [Math.floor(second / 3600), Math.floor(second / 60) % 60, Math.floor(second) % 60];
  const two = (number) => String(number).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

export function say(desk, sentence) {
  const line = desk.querySelector("[data-desk-said]");
  if (line) line.textContent = sentence;
}
