//! What the assistant itself says, apart from the site's answers.

/// A sentence of the assistant's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phrase {
    /// Two or three answers fit.
    DidYouMean,
    /// A button: none of those.
    SomethingElse,
    /// There is no agency behind the site and no answer either.
    NoAnswer,
}

/// The sentence in `lang`; English where there is none.
pub fn phrase(phrase: Phrase, lang: &str) -> &'static str {
    match (lang, phrase) {
        ("vi", Phrase::DidYouMean) => "Ông bà muốn hỏi việc nào dưới đây?",
        ("vi", Phrase::SomethingElse) => "Việc khác",
        ("vi", Phrase::NoAnswer) => "Tôi chưa có câu trả lời cho việc này.",
        ("fr", Phrase::DidYouMean) => "Votre question porte-t-elle sur l’un de ces sujets ?",
        ("fr", Phrase::SomethingElse) => "Autre chose",
        ("fr", Phrase::NoAnswer) => "Je n’ai pas de réponse à cette question.",
        (_, Phrase::DidYouMean) => "Did you mean one of these?",
        (_, Phrase::SomethingElse) => "Something else",
        (_, Phrase::NoAnswer) => "I have no answer to this.",
    }
}
