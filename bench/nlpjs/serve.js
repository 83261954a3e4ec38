// Serves what train.js wrote: POST /parse {"text"} -> {"intent", "confidence", "topic"}; GET / when it is ready.
// Usage: node serve.js FOLDER PORT
"use strict";

const fs = require("node:fs");
const http = require("node:http");
const path = require("node:path");
const { NlpManager } = require("node-nlp");

const [folder, port] = process.argv.slice(2);

function load(label) {
  const manager = new NlpManager({ autoSave: false, autoLoad: false });
  manager.import(fs.readFileSync(path.join(folder, `${label}.json`), "utf8"));
  return manager;
}

const intents = load("intent");
const topics = load("topic");

async function parse(text) {
  const intent = await intents.process("da", text);
  const topic = await topics.process("da", text);
  return { intent: intent.intent, confidence: intent.score, topic: topic.intent };
}

function send(response, status, body) {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}

http
  .createServer((request, response) => {
    if (request.method !== "POST") return send(response, 200, { status: "ok" });
    const parts = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", () => {
      parse(JSON.parse(Buffer.concat(parts).toString("utf8")).text)
        .then((body) => send(response, 200, body))
        .catch((error) => send(response, 500, { error: error.name }));
    });
  })
  .listen(Number(port), "127.0.0.1");
