//! What is answered, and in which manner.

use super::{
    args::{AnswerMode, Args},
    fault::InjectedFault,
    response::{build_response, whole_json, whole_text},
};
use axum::{body::Body, http::StatusCode, response::Response};
use futures_util::stream;
use serde_json::Value;
use std::{convert::Infallible, time::Duration};

/// How an answer is to be given.
pub struct Manner<'a> {
    pub args: &'a Args,
    pub fault: InjectedFault,
}

impl Manner<'_> {
    /// Whether it comes in one piece.
    pub fn is_whole(&self) -> bool {
        matches!(self.args.mode, AnswerMode::Json)
    }

    /// A JSON answer, or as much of one as the fault leaves.
    pub fn json_response(&self, value: &Value) -> Response {
        match self.fault {
            InjectedFault::Flood => {
                self.piecewise_response(vec![vec![b' '; 64 * 1024]], "application/json", true)
            }
            InjectedFault::Cut => whole_text(StatusCode::OK, "application/json", &value.to_string()[..1]),
            InjectedFault::Stall => {
                let mut pieces = vec![value.to_string().into_bytes()];
                pieces.iter_mut().for_each(|piece| piece.truncate(1));
                self.then_silence(pieces, "application/json")
            }
            _ => whole_json(StatusCode::OK, "application/json", value),
        }
    }

    /// A stream of events: `words`, then `end`, or as the fault has it.
    pub fn stream_response(&self, words: Vec<String>, end: Vec<String>) -> Response {
        let event = |data: &String| format!("data: {data}\n\n").into_bytes();
        let mut pieces: Vec<Vec<u8>> = words.iter().map(event).collect();
        let half = pieces.len().div_ceil(2);
        match self.fault {
            InjectedFault::Cut => pieces.truncate(half),
            InjectedFault::Stall => {
                pieces.truncate(half);
                return self.then_silence(pieces, "text/event-stream");
            }
            InjectedFault::SplitUtf8 => {
                pieces.extend(end.iter().map(event));
                pieces = pieces.concat().chunks(3).map(<[u8]>::to_vec).collect();
            }
            InjectedFault::Endless => return self.piecewise_response(pieces, "text/event-stream", true),
            InjectedFault::Flood => {
                return self.piecewise_response(vec![vec![b'x'; 64 * 1024]], "text/event-stream", true);
            }
            _ => pieces.extend(end.iter().map(event)),
        }
        self.piecewise_response(pieces, "text/event-stream", false)
    }

    fn piecewise_response(&self, pieces: Vec<Vec<u8>>, kind: &'static str, endless: bool) -> Response {
        // Cut into three bytes each, an answer has so many pieces that a pause after each would take minutes.
        let pause = if self.fault == InjectedFault::SplitUtf8 { 0 } else { self.args.piece_ms };
        let pause = Duration::from_millis(pause);
        let body = stream::unfold((0, pieces), move |(at, pieces)| async move {
            tokio::time::sleep(pause).await;
            let piece = if endless { pieces.get(at % pieces.len().max(1)) } else { pieces.get(at) }?.clone();
            Some((Ok::<_, Infallible>(piece), (at + 1, pieces)))
        });
        build_response(StatusCode::OK, kind, Body::from_stream(body))
    }

    fn then_silence(&self, pieces: Vec<Vec<u8>>, kind: &'static str) -> Response {
        let body = stream::unfold((0, pieces), |(at, pieces)| async move {
            let Some(piece) = pieces.get(at).cloned() else { return std::future::pending().await };
            Some((Ok::<_, Infallible>(piece), (at + 1, pieces)))
        });
        build_response(StatusCode::OK, kind, Body::from_stream(body))
    }
}

/// What is answered to the question `text`: `template`, or the words of a stand-in in `lang`.
pub fn answer_text(template: Option<&str>, text: &str, lang: &str) -> String {
    let template = template.unwrap_or(match lang {
        "vi" => VI,
        "fr" => FR,
        _ => EN,
    });
    template.replace("{text}", &text.replace('\n', " "))
}

const VI: &str = "Cảm ơn ông bà. Cơ quan đã nhận được câu hỏi: “{text}”.\n\nĐây là **hệ thống thay thế dùng khi phát triển**. \
    Khi triển khai thật, câu trả lời ở đây đến từ:\n\n- phần mềm của cơ quan,\n- mô hình ngôn ngữ, hoặc\n- cán bộ trực.";
const EN: &str = "Thank you. The agency has received your question: “{text}”.\n\nThis is a **stand-in used during \
    development**. On a real site this answer comes from:\n\n- the agency's own system,\n- a language model, or\n- a member of staff.";
const FR: &str = "Merci. Nous avons bien reçu votre question : « {text} ».\n\nCeci est un **remplaçant utilisé pendant le \
    développement**. Sur un vrai site, la réponse vient :\n\n- du système de l’organisme,\n- d’un modèle de langage, ou\n- d’une personne.";
