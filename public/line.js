// What a page does while the shop can't be reached: says so calmly, keeps everything, and goes on by itself when it is back.
const patience = 8_000;
const longest = 30_000;
// It may have come with another part of the page.
const words = () => document.getElementById("away")?.firstElementChild;

const pause = (time) =>
  new Promise((done) => {
    const button = words()?.querySelector("button");
    const stop = () => {
      clearTimeout(timer);
      removeEventListener("online", stop);
      button?.removeEventListener("click", stop);
      done();
    };
    const timer = setTimeout(stop, time);
    addEventListener("online", stop);
    button?.addEventListener("click", stop);
  });

// The shop itself, or what stands before it, says that it will be able to in a moment.
const isPassing = ({ status }) => [502, 503, 504].includes(status);
const say = (isAway) => {
  const place = words();
  if (place) place.hidden = !isAway;
};

// Tries until there is an answer; each attempt has its time.
export async function reach(attempt, time = patience) {
  for (let wait = 1_000; ; wait = Math.min(wait * 2, longest)) {
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), time);
    try {
      const answer = await attempt(late.signal);
      if (!isPassing(answer)) {
        say(false);
        return answer;
      }
      // A date, which some write, is as good as nothing said.
      wait = Math.min(Math.max(wait, 1_000 * (Number(answer.headers.get("retry-after")) || 0)), longest);
    } catch {
      // No line, or a slow one.
    } finally {
      clearTimeout(timer);
    }
    say(true);
    await pause(wait);
  }
}
