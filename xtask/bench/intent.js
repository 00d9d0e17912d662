// The matcher alone, in the edge's runtime. Its clock stands still while it computes, so whoever asks measures.
import { initSync, Matcher } from "./glue.js";
import module from "./glue_bg.wasm";

const memory = initSync({ module }).memory;
let matcher;

export default {
  async fetch(request) {
    const url = new URL(request.url);
    const times = Number(url.searchParams.get("times") ?? 1);
    switch (url.pathname) {
      case "/train":
        matcher = Matcher.train(await request.text());
        return new Response(matcher.bytes());
      case "/read":
        matcher = Matcher.read(new Uint8Array(await request.arrayBuffer()), times);
        return new Response();
      case "/rank":
        return new Response(matcher.rank(await request.text(), times));
      default:
        return new Response(String(memory.buffer.byteLength));
    }
  },
};
