/** Reads a text aloud in Danish with the browser's own voices; nothing leaves the machine for it. */

const LANGUAGE = 'da-DK';

export function canRead(): boolean {
  return 'speechSynthesis' in window && 'SpeechSynthesisUtterance' in window;
}

/** Reads the text and calls `ended` once, at the end, at a failure or when stopped. */
export function read(text: string, ended: () => void): void {
  speechSynthesis.cancel();
  const parts = sentences(text).map((sentence) => utterance(sentence));
  const last = parts[parts.length - 1];
  if (!last) return ended();
  let done = false;
  const once = () => {
    if (!done) ended();
    done = true;
  };
  last.onend = once;
  for (const part of parts) part.onerror = once;
  for (const part of parts) speechSynthesis.speak(part);
}

export function stopReading(): void {
  if (canRead()) speechSynthesis.cancel();
}

/** Sentence by sentence: some browsers fall silent in the middle of a long utterance. */
export function sentences(text: string): string[] {
  return text
    .replace(/([.!?]) +(?=[A-Z\u00c6\u00d8\u00c5])/g, '$1\n')
    .split(/\n+/)
    .map((part) => part.replace(/^\u2022 /, '').trim())
    .filter(Boolean);
}

function utterance(text: string): SpeechSynthesisUtterance {
  const made = new SpeechSynthesisUtterance(text);
  made.lang = LANGUAGE;
  const voice = speechSynthesis.getVoices().find((candidate) => candidate.lang.toLowerCase().startsWith('da'));
  if (voice) made.voice = voice;
  return made;
}
