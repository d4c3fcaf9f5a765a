/** The engine cannot go on, and not because of a bug in kqltest: too many queries neither ended nor could be interrupted. */
export class EngineGone extends Error {
  override readonly name = "EngineGone";
}
