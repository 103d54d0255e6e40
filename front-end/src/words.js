// Counts words as the server does (longleaf.kit.words): runs between spaces that hold a letter or a digit.
import { each } from "./finding.js";

const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;

export function countWords(text) {
  return text.split(/\s+/u).filter((run) => LETTER_OR_DIGIT.test(run)).length;
}

export function wordsState(count, min, max) {
  if (max && count > max) return "over";
  if (min && count < min) return count ? "under" : "empty";
  return "within";
}

export function wordsSentence(count) {
  return `${count.toLocaleString("en-US")} ${count === 1 ? "word" : "words"}`;
}

export function watchWords(part) {
  each(part, "[data-words]", "Words", (field) => {
    const line = document.querySelector(`[data-words-for="${CSS.escape(field.id)}"]`);
    if (!line) return;
    const show = () => {
      const count = countWords(field.value);
      line.querySelector("[data-words-text]").textContent = wordsSentence(count);
      line.dataset.wordsState = wordsState(count, Number(field.dataset.minWords), Number(field.dataset.maxWords));
    };
    field.addEventListener("input", show);
    if (field.value) show();
  });
}
