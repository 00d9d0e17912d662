//! The agency's side, described for its developers as OpenAPI 3.1: what the edge sends to the agency (`webhooks`), and
//! what the agency may ask of the edge (`paths`). Made of the very types that are written and read, so that it can't
//! say anything else.

use crate::{
    application::case::{CaseDocuments, SubmittedCase},
    connector::{CLOCK_TOLERANCE, shape},
};
use schemars::{
    JsonSchema,
    generate::{SchemaGenerator, SchemaSettings},
};
use serde_json::{Map, Value, json};

/// The whole description.
pub fn build_document() -> Value {
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Hoi: the agency's side",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "What Hoi's edge and an agency's system that speaks `webhook` say to each other. \
                            `webhooks` come from the edge, all to the one address in `[agency]` of site.toml; \
                            `paths` are the edge's own. Everything is signed by the Standard Webhooks scheme with the \
                            site's secret. `hoi agency` is a whole agency's side to start from.",
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" }
        },
        "servers": [{
            "url": "https://{edge}",
            "variables": { "edge": { "default": "hoi.example", "description": "Where the edge runs." } }
        }],
        "security": [{ "signature": [] }],
        "webhooks": webhooks(),
        "paths": paths(),
        "components": { "schemas": schemas(), "parameters": parameters(), "responses": responses(),
            "securitySchemes": { "signature": {
                "type": "apiKey", "in": "header", "name": "webhook-signature",
                "description": "`v1,` and the base64 of HMAC-SHA256 over `<webhook-id>.<webhook-timestamp>.<body>`, \
                                with the bytes behind `whsec_` as the key. Several, parted by spaces, while a \
                                secret is replaced: one that fits is enough."
            } } }
    })
}

fn webhooks() -> Value {
    let text =
        "Any other status than these: see \"When the agency is slow, busy or away\" in docs/connectors.md.";
    let later = json!({ "description": "Taken; the answer comes by a callback." });
    let answers = json!({
        "200": {
            "description": format!("The answer, at once or as it grows. {text}"),
            "content": {
                "application/json": { "schema": schema_ref("Answer") },
                "text/event-stream": { "schema": {
                    "type": "string",
                    "description": "Events `data: <JSON>`, each a `Delta`; the last one says `\"done\": true`."
                } }
            }
        },
        "202": later
    });
    let taken = json!({ "2XX": {
        "description": "It is there. A `text` is shown to the visitor.",
        "content": { "application/json": { "schema": schema_ref("Receipt") } }
    } });
    json!({
        "question": webhook("A visitor asks something that the site has no answer to.", "Question", &answers),
        "case": webhook("A procedure that was done in the chat. File it once for each `webhook-id`.", "Case", &taken),
        "casePapers": webhook(
            "Papers to a case, after it was reported as `needs_papers`. Act once for each `webhook-id`.",
            "CasePapers",
            &taken
        )
    })
}

fn webhook(summary: &str, schema: &str, answers: &Value) -> Value {
    json!({ "post": {
        "summary": summary,
        "parameters": signature_parameters(),
        "requestBody": { "required": true, "content": { "application/json": { "schema": schema_ref(schema) } } },
        "responses": answers
    } })
}

fn paths() -> Value {
    let site = json!({ "name": "site", "in": "path", "required": true, "schema": { "type": "string" },
        "description": "The site's id, as in `site`." });
    let file = json!({ "name": "file", "in": "path", "required": true, "schema": schema_ref("Id") });
    let fault = |name: &str| json!({ "$ref": format!("#/components/responses/{name}") });
    let mut parameters = signature_parameters();
    parameters.insert(0, site);
    let with_file: Vec<Value> = parameters.iter().cloned().chain([file]).collect();
    json!({
        "/s/{site}/callback": { "post": {
            "summary": "An answer that comes later, or how far a case is. The same `webhook-id` again is the same message.",
            "parameters": parameters,
            "requestBody": { "required": true, "content": { "application/json": { "schema": schema_ref("Callback") } } },
            "responses": {
                "200": {
                    "description": "Written down, as the message `seq`; also if it had come before.",
                    "content": { "application/json": { "schema": schema_ref("Heard") } }
                },
                "400": fault("Malformed"), "401": fault("Forged"), "404": fault("Nothing"), "413": fault("TooLong"),
                "500": fault("Internal")
            }
        } },
        "/s/{site}/file/{file}": { "post": {
            "summary": "Fetches a file. Papers of a case stay until it is over, other files as long as the conversation. \
                        Look for viruses before anybody opens it.",
            "parameters": with_file,
            "requestBody": { "required": true, "content": { "application/json": { "schema": schema_ref("FileWish") } } },
            "responses": {
                "200": { "description": "The bytes, with their type.", "content": { "*/*": {} } },
                "401": fault("Forged"), "404": fault("Nothing")
            }
        } }
    })
}

fn schemas() -> Value {
    // What the edge writes, and what it reads, by the same names where both are the same.
    let mut sent = schema_generator(SchemaSettings::for_serialize);
    let mut read = schema_generator(SchemaSettings::for_deserialize);
    let mut all = Map::new();
    all.insert("Question".into(), of_type::<shape::Question<'_>>(&mut sent, "question", "A question."));
    all.insert(
        "Case".into(),
        of_type::<shape::SubmissionBody<'_, SubmittedCase>>(&mut sent, "case", "A case."),
    );
    all.insert(
        "CasePapers".into(),
        of_type::<shape::SubmissionBody<'_, CaseDocuments>>(&mut sent, "case_papers", "Papers to a case."),
    );
    all.insert("FileWish".into(), of_type::<shape::FileRequestBody>(&mut read, "file", "A wish for a file."));
    all.insert("Answer".into(), shape::Answer::json_schema(&mut read).into());
    all.insert("Delta".into(), shape::Delta::json_schema(&mut read).into());
    all.insert("Callback".into(), shape::Later::json_schema(&mut read).into());
    all.insert("Receipt".into(), json!({ "type": "object", "properties": { "text": { "type": "string" } } }));
    all.insert(
        "Heard".into(),
        json!({ "type": "object", "required": ["seq"],
        "properties": { "seq": { "type": ["integer", "null"] } } }),
    );
    all.insert("Error".into(), json!({ "type": "object", "required": ["error"], "properties": {
        "error": { "type": "string", "description": "A code." },
        "retry_ms": { "type": ["integer", "null"], "description": "When to come again, in milliseconds." } } }));
    all.extend(sent.take_definitions(true));
    all.extend(read.take_definitions(true));
    Value::Object(all)
}

fn schema_generator(contract: fn(SchemaSettings) -> SchemaSettings) -> SchemaGenerator {
    let settings = contract(SchemaSettings::draft2020_12());
    settings.with(|settings| settings.definitions_path = "/components/schemas".into()).into_generator()
}

/// The schema of `T`, which is `description` and whose field `type` says `name`.
fn of_type<T: JsonSchema>(generator: &mut SchemaGenerator, name: &str, description: &str) -> Value {
    let mut schema = Value::from(T::json_schema(generator));
    if let Some(field) = schema.get_mut("description") {
        *field = json!(description);
    }
    if let Some(field) = schema.pointer_mut("/properties/type") {
        *field = json!({ "const": name });
    }
    schema
}

fn schema_ref(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn signature_parameters() -> Vec<Value> {
    let names = ["WebhookId", "WebhookTimestamp"];
    names.iter().map(|name| json!({ "$ref": format!("#/components/parameters/{name}") })).collect()
}

fn parameters() -> Value {
    let header = |name: &str, text: String| {
        json!({ "name": name, "in": "header", "required": true,
        "schema": { "type": "string" }, "description": text })
    };
    json!({
        "WebhookId": header("webhook-id", "Names the call; the same for every try of it.".into()),
        "WebhookTimestamp": header(
            "webhook-timestamp",
            format!("When it was signed, in seconds since 1970; off by {} at most.", CLOCK_TOLERANCE.0)
        )
    })
}

fn responses() -> Value {
    let fault = |text: &str| {
        json!({ "description": text,
        "content": { "application/json": { "schema": schema_ref("Error") } } })
    };
    json!({
        "Malformed": fault("Genuine, but not of the shape described; the reason is in the edge's log."),
        "Forged": fault("The signature is missing or wrong, or its time is off."),
        "Nothing": fault("No such site, conversation, case or file, or its time is over."),
        "TooLong": fault("Too long."),
        "Internal": fault("Try again later, with the same `webhook-id` and a new time and signature.")
    })
}
