//! The audit trail in words. It is kept as the edge wrote it, in one language; what it says is said here in the reader's.

use crate::words::Words;

/// What was done; as the edge calls it where there are no words for it.
pub fn act_text(act: &str, words: &Words) -> String {
    let said = match act {
        "sign_in" => words.act_sign_in,
        "sign_in_failed" => words.act_sign_in_failed,
        "code_failed" => words.act_code_failed,
        "sign_out" => words.act_sign_out,
        "password" => words.act_password,
        "codes" => words.act_codes,
        "sit_down" => words.act_sit_down,
        "open" => words.act_open,
        "take" => words.act_take,
        "say" => words.act_say,
        "say_file" => words.act_say_file,
        "open_file" => words.act_open_file,
        "note" => words.act_note,
        "tag" => words.act_tag,
        "transfer" => words.act_transfer,
        "hand_back" => words.act_hand_back,
        "approve" => words.act_approve,
        "approve changed" => words.act_approve_changed,
        "reject" => words.act_reject,
        "teach" => words.act_teach,
        "publish" => words.act_publish,
        "rollback" => words.act_rollback,
        "standing" => words.act_standing,
        "erase" => words.act_erase,
        "export" => words.act_export,
        "forget" => words.act_forget,
        "staff add" => words.act_staff_add,
        "staff role" => words.act_staff_role,
        "staff oidc" => words.act_staff_oidc,
        "staff reset" => words.act_staff_reset,
        "staff disable" => words.act_staff_disable,
        "staff enable" => words.act_staff_enable,
        "staff remove" => words.act_staff_remove,
        "close answered" => return close_text(words.end_answered, words),
        "close left" => return close_text(words.end_left, words),
        "close not_ours" => return close_text(words.end_not_ours, words),
        "close abuse" => return close_text(words.end_abuse, words),
        other => other,
    };
    said.to_owned()
}

fn close_text(reason: &str, words: &Words) -> String {
    format!("{} – {reason}", words.end)
}

/// What it was about: names and numbers as they are.
pub fn act_subject(act: &str, about: &str, words: &Words) -> String {
    match act {
        "teach" => teach_text(about, words).unwrap_or_else(|| about.to_owned()),
        "publish" | "rollback" => about.replace("version ", &format!("{} ", words.version)),
        _ => about.to_owned(),
    }
}

fn teach_text(about: &str, words: &Words) -> Option<String> {
    let (n, what) = about.split_once(' ')?;
    let questions = words.format_count(words.alike, n.parse().ok()?);
    let to = if let Some(title) = what.strip_prefix("to a new intent: ") {
        format!("{} {title}", words.new_answer)
    } else if let Some(intent) = what.strip_prefix("to ") {
        intent.to_owned()
    } else if what == "out of scope" {
        words.out_of_scope.to_owned()
    } else if what == "dismissed" {
        words.not_worth.to_owned()
    } else {
        return None;
    };
    Some(format!("{questions} → {to}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    #[test]
    fn it_is_said_in_the_readers_language() {
        let (vi, en, fr) = (Lang::Vi.desk(), Lang::En.desk(), Lang::Fr.desk());
        assert_eq!(act_subject("teach", "2 out of scope", fr), "2 questions semblables → Hors sujet");
        assert_eq!(act_subject("teach", "1 to khai-sinh", en), "1 question → khai-sinh");
        assert_eq!(act_subject("teach", "3 dismissed", vi), "3 câu hỏi giống nhau → Bỏ");
        assert!(act_subject("teach", "1 to a new intent: to go", en).ends_with("to go"));
        assert_eq!(act_subject("teach", "of another edge", fr), "of another edge");
        assert_eq!(act_subject("publish", "version 3", vi), "bản 3");
        assert_eq!(act_text("close abuse", fr), "Clore – Abus ou publicité");
        assert_eq!(act_text("of a newer edge", fr), "of a newer edge");
    }
}
