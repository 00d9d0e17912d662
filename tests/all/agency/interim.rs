//! What comes before an answer (RFC 9110, 15.2) is none, byte by byte from a raw far end; and whoever speaks HTTP/1.0 gets what he can
//! read. Both were wrong in the runtime of April 2026 (workerd 1.20260405) and are right in 1.20261117.1.

use super::*;
use std::{
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
};
use tests::say;

/// A far end that says `before` to each request, and then answers.
fn start_raw_agency(before: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            std::thread::spawn(move || answer_raw(stream.unwrap(), before));
        }
    });
    url
}

fn answer_raw(mut stream: TcpStream, before: &str) {
    let (mut request, mut buffer) = (Vec::new(), [0; 4096]);
    loop {
        let read = stream.read(&mut buffer).unwrap_or_default();
        if read == 0 {
            return;
        }
        request.extend_from_slice(&buffer[..read]);
        let text = String::from_utf8_lossy(&request).to_lowercase();
        let Some((head, _)) = text.split_once("\r\n\r\n") else { continue };
        let length = head.lines().find_map(|line| line.strip_prefix("content-length:"));
        let length: usize = length.map_or(0, |length| length.trim().parse().unwrap());
        if request.len() >= head.len() + 4 + length {
            break;
        }
    }
    let body = r#"{"text":"Câu trả lời thật"}"#;
    // The wait tells whether what came first was taken for all of it.
    let _gone = stream.write_all(before.as_bytes());
    std::thread::sleep(Duration::from_millis(200));
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    let _gone = stream.write_all(format!("{head}{body}").as_bytes());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_before_an_answer_is_not_taken_for_it() {
    for before in [
        "HTTP/1.1 103 Early Hints\r\nlink: </style.css>; rel=preload\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\n",
        "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </a>; rel=preload\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n",
    ] {
        let edge = Edge::start(&options(&start_raw_agency(before)));
        let mut visitor = Visitor::open(&edge).await;
        visitor.send(&say(1, QUESTION)).await;
        let answer = visitor.answer().await;
        assert_eq!(words(&answer).trim(), "Câu trả lời thật", "{before:?}\n{}", edge.log());
    }
}

/// All that the edge says to `request`.
fn say_raw(edge: &Edge, request: &str) -> String {
    let mut stream = TcpStream::connect(edge.origin.rsplit('/').next().unwrap()).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("the edge ends the connection");
    String::from_utf8_lossy(&answer).into_owned()
}

#[test]
fn who_speaks_http_1_0_gets_no_chunks() {
    let edge = Edge::start(&EdgeOptions::default());
    for path in ["/health", "/s/ward", "/s/ward/hoi.js", "/s/ward/frame?lang=vi"] {
        let answer = say_raw(&edge, &format!("GET {path} HTTP/1.0\r\nhost: localhost\r\n\r\n"));
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(head.lines().next().unwrap().ends_with(" 200 OK"), "{path}: {head}");
        assert!(!head.to_lowercase().contains("transfer-encoding"), "{path}: {head}");
        let begins_with_size = body.split("\r\n").next().is_some_and(|line| {
            body.contains("\r\n") && line.len() < 8 && u32::from_str_radix(line, 16).is_ok()
        });
        assert!(!begins_with_size && !body.is_empty(), "{path}: {body}");
    }
}
