import { defineScenario } from "kqltest";

/** Half a day of it, so that no two intervals are alike and none is far from the others. */
const polls = 24;

export const scenario = defineScenario({
  title: "An implant asks Telegram for orders every half hour",
  description:
    "A Python implant asks a bot for its orders. Each wait is up to a fifth longer or shorter than half an hour.",
  truth: "malicious",
  technique: "T1102.002",
  timeline: ({ random, faker }) => {
    const script = `${faker.hacker.noun().replaceAll(/\W+/g, "-")}.py`;
    const bot = `bot${random.integer(1e9, 9e9)}:{alnum:35#token}`;
    return [
      {
        id: "implant",
        at: "-13h",
        process: "python.exe",
        command: `python.exe C:\\Users\\{user}\\AppData\\Roaming\\${script}`,
      },
      ...Array.from({ length: polls }, (_, poll) => ({
        id: `poll-${poll + 1}`,
        at: `+${random.integer(24 * 60, 36 * 60)}s`,
        connection: `https://api.telegram.org/${bot}/getUpdates`,
        by: "implant",
      })),
    ];
  },
});
