// A small OpenID provider for tests: discovery, authorization code with PKCE, RS256 or ES256. Who signs in is said by
// `PUT /person` (the claims of the next token) and `PUT /userinfo` (what UserInfo adds to them), how it misbehaves by `PUT /bad`.
const crypto = require("crypto");
const http = require("http");

const [kind, client, secret] = process.argv.slice(2);
const make = () =>
  kind === "RS256"
    ? crypto.generateKeyPairSync("rsa", { modulusLength: 2048 })
    : crypto.generateKeyPairSync("ec", { namedCurve: "P-256" });
let keys = make();
let number = 1;
let person = {};
let userinfo = {};
let bad = "";
let told = 0;
const codes = new Map();
const tickets = new Set();
const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");

const token = (claims) => {
  const text = `${part({ alg: kind, kid: `k${number}` })}.${part(claims)}`;
  const key = { key: bad === "signature" ? make().privateKey : keys.privateKey, dsaEncoding: "ieee-p1363" };
  return `${text}.${crypto.sign("sha256", Buffer.from(text), key).toString("base64url")}`;
};

const answers = {
  "GET /.well-known/openid-configuration": (_, origin) => ({
    issuer: origin,
    authorization_endpoint: `${origin}/authorize`,
    token_endpoint: `${origin}/token`,
    jwks_uri: `${origin}/keys`,
    userinfo_endpoint: bad === "userinfo address" ? "http://10.1.2.3/userinfo" : `${origin}/userinfo`,
    end_session_endpoint: `${origin}/out`,
    token_endpoint_auth_methods_supported: ["client_secret_basic"],
  }),
  "GET /keys": () => ({ keys: [{ ...keys.publicKey.export({ format: "jwk" }), kid: `k${number}`, use: "sig" }] }),
  "GET /told": () => told,
  "PUT /person": (body) => ((person = JSON.parse(body)), {}),
  "PUT /userinfo": (body) => ((userinfo = JSON.parse(body)), {}),
  "GET /userinfo": (_, __, headers) => {
    if (!tickets.delete((headers.authorization ?? "").replace("Bearer ", "")) || bad === "userinfo") return null;
    return { sub: person.sub, ...userinfo };
  },
  "PUT /bad": (body) => {
    bad = body;
    if (bad === "keys") [keys, number, bad] = [make(), number + 1, ""];
    if (bad === "keys under one name") [keys, bad] = [make(), ""];
    return {};
  },
  "POST /token": (body, origin, headers) => {
    const form = new URLSearchParams(body);
    const begun = codes.get(form.get("code"));
    codes.delete(form.get("code"));
    const who = Buffer.from((headers.authorization ?? "").replace("Basic ", ""), "base64").toString();
    const challenge = crypto.createHash("sha256").update(form.get("code_verifier") ?? "").digest("base64url");
    if (!begun || who !== `${encodeURIComponent(client)}:${encodeURIComponent(secret)}` || challenge !== begun.code_challenge) return null;
    if (form.get("redirect_uri") !== begun.redirect_uri || form.get("grant_type") !== "authorization_code") return null;
    told += 1;
    const now = Math.floor(Date.now() / 1000);
    const nonce = bad === "nonce" ? "another" : begun.nonce;
    const iss = bad === "issuer" ? "https://evil.example" : origin;
    const aud = bad === "audience" ? "another" : client;
    const ticket = crypto.randomBytes(16).toString("hex");
    tickets.add(ticket);
    return { token_type: "Bearer", access_token: ticket, id_token: token({ iss, aud, iat: now, exp: now + 300, nonce, ...person }) };
  },
};

http
  .createServer((request, response) => {
    const url = new URL(request.url, `http://${request.headers.host}`);
    let body = "";
    request.on("data", (chunk) => (body += chunk));
    request.on("end", () => {
      if (url.pathname === "/authorize") {
        const asked = Object.fromEntries(url.searchParams);
        const good = asked.client_id === client && asked.code_challenge_method === "S256";
        if (!good || asked.response_type !== "code") return response.writeHead(400).end("not like that");
        const code = crypto.randomBytes(16).toString("hex");
        codes.set(code, asked);
        const back = new URL(asked.redirect_uri);
        back.searchParams.set("code", code);
        back.searchParams.set("state", asked.state);
        return response.writeHead(302, { location: back.href }).end();
      }
      const answer = answers[`${request.method} ${url.pathname}`]?.(body, url.origin, request.headers);
      const type = bad === "signed userinfo" && url.pathname === "/userinfo" ? "application/jwt" : "application/json";
      response.writeHead(answer === null || answer === undefined ? 400 : 200, { "content-type": type });
      response.end(JSON.stringify(answer ?? { error: "invalid_grant" }));
    });
  })
  .listen(Number(process.argv[5]), "127.0.0.1");
