//! Opening times in words, in each language a site may speak.

use super::{At, State};
use site::Site;

/// How it is, in `lang`.
pub fn line(state: &State<'_>, site: &Site, lang: &str) -> String {
    let lang = known(lang);
    match state {
        State::Open { until: None } => say(lang, ["Đang mở cửa.", "We are open.", "Nous sommes ouverts."]),
        State::Open { until: Some(at) } => {
            let form = ["Đang mở cửa đến {}.", "We are open until {}.", "Nous sommes ouverts jusqu’à {}."];
            say(lang, form).replace("{}", &until(at, lang))
        }
        State::Closed { again, why } => {
            let name = why.map(|why| site.say(why, lang)).filter(|name| !name.is_empty());
            let closed = match name {
                Some(name) => say(lang, ["Đang nghỉ: {}.", "We are closed: {}.", "Nous sommes fermés : {}."])
                    .replace("{}", name),
                None => say(lang, ["Đang ngoài giờ làm việc.", "We are closed now.", "Nous sommes fermés."]),
            };
            let again = again.map(|at| {
                let form = [" Mở cửa lại lúc {}.", " We open {}.", " Nous ouvrons {}."];
                say(lang, form).replace("{}", &when(&at, lang))
            });
            closed + &again.unwrap_or_default()
        }
    }
}

fn known(lang: &str) -> &str {
    if matches!(lang, "vi" | "fr") { lang } else { "en" }
}

fn say(lang: &str, [vi, en, fr]: [&str; 3]) -> String {
    match lang {
        "vi" => vi,
        "fr" => fr,
        _ => en,
    }
    .to_owned()
}

fn time(minute: u16, lang: &str) -> String {
    let (hours, minutes) = (minute / 60, minute % 60);
    if lang == "fr" { format!("{hours} h {minutes:02}") } else { format!("{hours}:{minutes:02}") }
}

/// `11:30`, with the day if that isn't today.
fn until(at: &At, lang: &str) -> String {
    match (at.days, lang) {
        (0, _) => time(at.minute, lang),
        (_, "vi") => when(at, lang),
        (_, "fr") => format!("{} ({})", time(at.minute, lang), day(at, lang)),
        _ => format!("{} {}", time(at.minute, lang), day(at, lang)),
    }
}

/// `7:30 ngày mai`, `tomorrow at 7:30`, `demain à 7 h 30`.
fn when(at: &At, lang: &str) -> String {
    let (day, time) = (day(at, lang), time(at.minute, lang));
    match lang {
        "vi" => format!("{time} {day}"),
        "fr" => format!("{day} à {time}"),
        _ => format!("{day} at {time}"),
    }
}

/// Today, tomorrow, or the weekday with its date.
fn day(at: &At, lang: &str) -> String {
    match at.days {
        0 => return say(lang, ["hôm nay", "today", "aujourd’hui"]),
        1 => return say(lang, ["ngày mai", "tomorrow", "demain"]),
        _ => {}
    }
    let weekday = at.date.weekday().to_monday_zero_offset() as usize;
    let weekday = WEEKDAYS.get(weekday).map(|names| say(lang, *names)).unwrap_or_default();
    let (day, month, year) = (at.date.day(), at.date.month(), at.date.year());
    let name = usize::try_from(month - 1).ok().and_then(|month| MONTHS.get(month)).copied();
    let (english, french) = name.unwrap_or_default();
    let year = if at.other_year { Some(year) } else { None };
    match lang {
        "vi" => format!("{weekday}, {day}/{month}{}", year.map(|y| format!("/{y}")).unwrap_or_default()),
        "fr" => {
            let day = if day == 1 { "1er".to_owned() } else { day.to_string() };
            format!("{weekday} {day} {french}{}", year.map(|y| format!(" {y}")).unwrap_or_default())
        }
        _ => format!("on {weekday}, {day} {english}{}", year.map(|y| format!(" {y}")).unwrap_or_default()),
    }
}

const WEEKDAYS: [[&str; 3]; 7] = [
    ["thứ Hai", "Monday", "lundi"],
    ["thứ Ba", "Tuesday", "mardi"],
    ["thứ Tư", "Wednesday", "mercredi"],
    ["thứ Năm", "Thursday", "jeudi"],
    ["thứ Sáu", "Friday", "vendredi"],
    ["thứ Bảy", "Saturday", "samedi"],
    ["Chủ Nhật", "Sunday", "dimanche"],
];

const MONTHS: [(&str, &str); 12] = [
    ("January", "janvier"),
    ("February", "février"),
    ("March", "mars"),
    ("April", "avril"),
    ("May", "mai"),
    ("June", "juin"),
    ("July", "juillet"),
    ("August", "août"),
    ("September", "septembre"),
    ("October", "octobre"),
    ("November", "novembre"),
    ("December", "décembre"),
];
