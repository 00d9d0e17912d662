//! The agency's side, described for its developers as OpenAPI 3.1: what the edge sends to the agency (`webhooks`), and
//! what the agency may ask of the edge (`paths`). Made of the very types that are written and read, so that it can't
//! say anything else.

use crate::{
    application::case::{CaseDocuments, SubmittedCase},
    connector::{CLOCK_TOLERANCE, number::MAX_SAFE_INTEGER, shape},
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
        "tags": [
            { "name": "questions", "description": "What the edge brings to the agency." },
            { "name": "callbacks", "description": "What the agency says of its own accord." },
            { "name": "files", "description": "Files that visitors sent." }
        ],
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
    let later = json!({ "description": "Taken; the answer comes by a callback." });
    let not_taken = json!({ "description": "Not taken: \"When the agency is slow, busy or away\" in docs/connectors.md \
                                            says which statuses mean what, and when it is brought again." });
    let answers = json!({
        "200": {
            "description": "The answer, at once or as it grows.",
            "content": {
                "application/json": { "schema": schema_ref("Answer") },
                "text/event-stream": { "schema": {
                    "type": "object",
                    "description": "One event; the last one says `\"done\": true`.",
                    "required": ["data"],
                    "properties": { "data": {
                        "type": "string",
                        "contentMediaType": "application/json",
                        "contentSchema": schema_ref("Delta")
                    } }
                } }
            }
        },
        "202": later, "default": not_taken
    });
    let taken = json!({ "2XX": {
        "description": "It is there. A `text` is shown to the visitor.",
        "content": { "application/json": { "schema": schema_ref("Receipt") } }
    }, "default": not_taken });
    json!({
        "question": webhook(
            ("receiveQuestion", "A question"),
            "A visitor asks something that the site has no answer to.",
            "Question",
            &answers
        ),
        "case": webhook(
            ("receiveCase", "A case"),
            "A procedure that was done in the chat. File it once for each `webhook-id`.",
            "Case",
            &taken
        ),
        "casePapers": webhook(
            ("receiveCasePapers", "Papers to a case"),
            "Papers to a case, after it was reported as `needs_papers`. Act once for each `webhook-id`.",
            "CasePapers",
            &taken
        )
    })
}

/// Something that comes from the edge. The operation's name becomes that of a function where code is made of this.
fn webhook((operation, summary): (&str, &str), description: &str, schema: &str, answers: &Value) -> Value {
    json!({ "post": {
        "operationId": operation,
        "tags": ["questions"],
        "summary": summary,
        "description": description,
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
            "operationId": "sendCallback",
            "tags": ["callbacks"],
            "summary": "Something said later",
            "description": "An answer that comes later, or how far a case is. The same `webhook-id` again is the same message.",
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
            "operationId": "fetchFile",
            "tags": ["files"],
            "summary": "Fetches a file",
            "description": "Papers of a case stay until it is over, other files as long as the conversation. \
                            Look for viruses before anybody opens it.",
            "parameters": with_file,
            "requestBody": { "required": true, "content": { "application/json": { "schema": schema_ref("FileWish") } } },
            "responses": {
                "200": { "description": "The bytes, with their own media type, which is seldom `application/octet-stream`: \
                                        that stands here because code that is made of this takes no range for bytes.",
                    "content": { "application/octet-stream": { "schema": { "type": "string", "format": "binary" } },
                        "*/*": { "schema": { "type": "string", "format": "binary" } } } },
                "401": fault("Forged"), "404": fault("Nothing"), "413": fault("TooLong")
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
    let callback = name_variants(shape::Later::json_schema(&mut read).into(), &mut all);
    all.insert("Callback".into(), callback);
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
    all.values_mut().for_each(bound_integers);
    Value::Object(all)
}

/// Puts what `callback` may be among `all`, each by a name: code that is made of a description calls what has none by its place.
fn name_variants(mut callback: Value, all: &mut Map<String, Value>) -> Value {
    let variants = callback.get_mut("oneOf").map(Value::take);
    let mut mapping = Map::new();
    for mut variant in
        variants.into_iter().flat_map(|variants| variants.as_array().cloned().unwrap_or_default())
    {
        let (kind, name) = match variant.pointer("/properties/type/const").and_then(Value::as_str) {
            Some("case") => ("case", "CaseCallback"),
            _ => ("answer", "AnswerCallback"),
        };
        if kind == "case" {
            require_refusal_reason(&mut variant);
        }
        mapping.insert(kind.into(), json!(format!("#/components/schemas/{name}")));
        all.insert(name.into(), variant);
    }
    let named: Vec<Value> = mapping.values().map(|at| json!({ "$ref": at })).collect();
    json!({
        "description": callback.get("description"),
        "oneOf": named,
        "discriminator": { "propertyName": "type", "mapping": mapping }
    })
}

/// Who is refused something reads why.
fn require_refusal_reason(report: &mut Value) {
    if let Some(fields) = report.as_object_mut() {
        fields.insert("if".into(), json!({ "properties": { "state": { "const": "refused" } } }));
        let reason = json!({ "pattern": shape::NOT_BLANK });
        fields.insert("then".into(), json!({ "required": ["text"], "properties": { "text": reason } }));
    }
}

/// Says of every whole number how large it may be: JSON has no types, and what one program writes without loss another may not read.
fn bound_integers(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            if fields.get("format").is_some_and(|format| format == "uint64") {
                fields.insert("maximum".into(), json!(MAX_SAFE_INTEGER));
            }
            fields.values_mut().for_each(bound_integers);
        }
        Value::Array(items) => items.iter_mut().for_each(bound_integers),
        _ => {}
    }
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
