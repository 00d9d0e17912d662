/*
 * Reading aloud and listening, by the Web Speech API: where it is, and as far as it goes. It comes with the simple view.
 */
const speaker = window.speechSynthesis;
const Ears = window.SpeechRecognition || window.webkitSpeechRecognition;
let listener;

/** Tells what this browser can do: "ears" or "none", then the languages it has a voice for. Voices come later than the page. */
export function tell(told, signal) {
  const report = () => {
    const voices = speaker ? Array.from(speaker.getVoices(), (voice) => String(voice.lang).split(/[-_]/)[0]) : [];
    told([Ears ? "ears" : "none", ...voices].join(" "));
  };
  report();
  if (speaker && speaker.addEventListener) speaker.addEventListener("voiceschanged", report, { signal });
}

/** Reads `words` out; true if it does. */
export function read(words, lang, ended) {
  const said = new SpeechSynthesisUtterance(words);
  said.lang = lang;
  said.onend = said.onerror = () => ended();
  speaker.cancel();
  speaker.speak(said);
  return true;
}

/** Stops reading. */
export function hush() {
  if (speaker) speaker.cancel();
}

/** Listens to one sentence in `lang`; true if it does. */
export function hear(lang, heard, ended) {
  listener = new Ears();
  listener.lang = lang;
  listener.onresult = (event) => heard(event.results[0][0].transcript);
  listener.onend = () => ended();
  listener.start();
  return true;
}

/** Stops listening. */
export function deafen() {
  if (listener) listener.stop();
}
