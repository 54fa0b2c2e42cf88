// Reads an AsyncAPI document from standard input; prints what the official parser finds and the document as the page
// takes it, as JSON. Status 1: invalid.
import { readFileSync } from "node:fs";
import { Parser, stringify } from "@asyncapi/parser";

const { document, diagnostics } = await new Parser().parse(readFileSync(0, "utf8"));
const found = diagnostics.map(({ severity, code, message, path }) => ({ severity, code, message, path }));
console.log(JSON.stringify({ found, parsed: document ? stringify(document) : null }));
process.exitCode = document === undefined ? 1 : 0;
