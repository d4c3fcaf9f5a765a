// Writes the documentation that is made from the tables of the code. `npm run docs`; a test holds it to them.
import { writeFileSync } from "node:fs";
import { renderFunctions } from "../dist/sql/document.js";

writeFileSync(new URL("../docs/functions.md", import.meta.url), renderFunctions());
