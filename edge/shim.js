// Joins the wasm to the runtime: the fetch handler and the Durable Object classes.
//
// Rust panics unwind and stay inside their request. Worse things (out of memory, a stack overflow) leave the instance
// unusable: wasm-bindgen then starts a fresh one, and every object of the old one has to be made again.
import { WorkerEntrypoint } from "cloudflare:workers";
import * as worker from "./index.js";
import { lobby } from "./lobby.js";

const state = worker.__worker_init_state();
worker.start();

export default class extends WorkerEntrypoint {
  async fetch(request) {
    const answer = await worker.fetch.call(this, request, this.env, this.ctx);
    return answer.headers.has("x-hoi-lobby") ? lobby(this.env, answer.headers) : answer;
  }
}

function lasting(Class) {
  const handlers = ["fetch", "alarm", "webSocketMessage", "webSocketClose", "webSocketError"];
  class Lasting {
    #make;
    #object;
    #madeIn;
    constructor(ctx, env) {
      this.#make = () => new Class(ctx, env);
      this.#current();
    }
    #current() {
      if (this.#madeIn !== state.instanceId || !this.#object) {
        this.#object = this.#make();
        this.#madeIn = state.instanceId;
      }
      return this.#object;
    }
    static {
      for (const name of handlers) {
        this.prototype[name] = function (...values) {
          return this.#current()[name](...values);
        };
      }
    }
  }
  return Lasting;
}

export const Conversation = lasting(worker.Conversation);
export const Site = lasting(worker.Site);
export const Board = lasting(worker.Board);
export const Staff = lasting(worker.Staff);
