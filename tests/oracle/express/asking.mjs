// Start generated applications of Express and report what their answers look like; run by the test as a program.

import { createServer } from "node:https";
import { readFileSync } from "node:fs";
import { request } from "node:https";
import { pathToFileURL } from "node:url";

const STRANGER = "https://elsewhere.example";
const { folders, key, certificate } = JSON.parse(readFileSync(0, "utf8"));
const tls = { key: readFileSync(key), cert: readFileSync(certificate) };

function ask(port, path, headers = {}) {
  const options = { host: "127.0.0.1", port, path, headers: { connection: "close", ...headers }, rejectUnauthorized: false };
  return new Promise((resolve, reject) => {
    const asked = request(options, (answer) => {
      let body = "";
      answer.on("data", (part) => (body += part));
      answer.on("end", () => resolve({ status: answer.statusCode, headers: answer.headers, body }));
    });
    asked.on("error", reject);
    asked.end();
  });
}

function cookie(headers) {
  const sent = (headers["set-cookie"] ?? []).find((text) => /^(connect\.sid|session)=/.test(text));
  if (sent === undefined) return null;
  const parts = Object.fromEntries(
    sent.split(";").slice(1).map((part) => part.trim().split("=")).map(([name, value]) => [name.toLowerCase(), value ?? true]),
  );
  const age = "max-age" in parts ? Number(parts["max-age"]) : "expires" in parts ? (new Date(parts.expires) - Date.now()) / 1000 : null;
  return { secure: "secure" in parts, httponly: "httponly" in parts, samesite: parts.samesite ?? null, age };
}

async function answer(folder) {
  const path = JSON.parse(readFileSync(`${folder}/module.json`, "utf8"));
  const loaded = await import(pathToFileURL(`${folder}/${path}`).href);
  const server = createServer(tls, loaded.default);
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  const start = await ask(port, "/", { origin: STRANGER, "x-forwarded-for": "203.0.113.9, 198.51.100.7" });
  const listing = await ask(port, "/files/");
  server.close();
  if (start.status !== 200) throw new Error(`status ${start.status}: ${start.body.slice(0, 200)}`);
  return {
    session: cookie(start.headers),
    origin: start.headers["access-control-allow-origin"] ?? null,
    credentials: start.headers["access-control-allow-credentials"] ?? null,
    address: start.body,
    listing: listing.status === 200,
  };
}

console.error = () => {}; // warnings about stores in memory
console.warn = () => {};
for (const folder of folders) {
  let found;
  try {
    found = await answer(folder);
  } catch (error) {
    found = { error: String(error) };
  }
  process.stdout.write(`${JSON.stringify(found)}\n`);
}
process.exit(0);
