// Long work in slices, so that the page always answers: `step` is called with each thing while there is time left.

const SLICE = 12; // milliseconds, and no more however idle the page is
const later = window.requestIdleCallback ?? (work => setTimeout(() => work({ timeRemaining: () => SLICE }), 8));

export function inSlices(things, step, done = () => {}) {
  let place = 0, ended = false;
  function work(deadline) {
    const until = performance.now() + Math.min(SLICE, Math.max(4, deadline.timeRemaining()));
    while (!ended && place < things.length && performance.now() < until) step(things[place++]);
    if (ended) return;
    if (place < things.length) later(work, { timeout: 200 }); else done();
  }
  later(work, { timeout: 200 });
  return () => { ended = true; };
}
