// Trains nlp.js on a file of {text, intent, topic} and writes one model for the intents and one for the topics.
// Usage: node train.js MESSAGES.json FOLDER
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { NlpManager } = require("node-nlp");

const [messages, folder] = process.argv.slice(2);

async function train(examples, label) {
  const manager = new NlpManager({ languages: ["da"], forceNER: false, autoSave: false, autoLoad: false, nlu: { log: false } });
  for (const example of examples) manager.addDocument("da", example.text, example[label]);
  await manager.train();
  fs.writeFileSync(path.join(folder, `${label}.json`), manager.export());
}

(async () => {
  const examples = JSON.parse(fs.readFileSync(messages, "utf8"));
  for (const label of ["intent", "topic"]) await train(examples, label);
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
