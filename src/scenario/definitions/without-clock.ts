/** What `run` gives. While it runs, the time of day and JavaScript's own random numbers throw: what a scenario draws must be the same each time. */
export function withoutClock<T>(run: () => T): T {
  const { Date: clock } = globalThis;
  const { random } = Math;
  Math.random = () => refuse("`Math.random`", "`random` or `faker`");
  globalThis.Date = new Proxy(clock, {
    construct: (target, args: unknown[], made) => {
      if (args.length === 0) refuse("`new Date()`", "times such as `at: -2h`");
      return Reflect.construct(target, args, made) as object;
    },
    apply: () => refuse("`Date()`", "times such as `at: -2h`"),
    get: (target, key) =>
      key === "now"
        ? () => refuse("`Date.now`", "times such as `at: -2h`")
        : (Reflect.get(target, key) as unknown),
  });
  try {
    return run();
  } finally {
    globalThis.Date = clock;
    Math.random = random;
  }
}

function refuse(what: string, instead: string): never {
  throw new Error(`${what} differs each time; use ${instead}`);
}
