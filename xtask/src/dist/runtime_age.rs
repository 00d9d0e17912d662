//! How old the pinned runtime is.
//!
//! workerd has no branch that is only mended: a hole in its JavaScript engine is closed by the next version and no other. Who packs an
//! old one gives away known holes, so it takes a flag to do so.

use crate::tools::npm_version;
use anyhow::{Context as _, bail};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use std::time::{SystemTime, UNIX_EPOCH};

/// From this many days on a version is not packed unasked. There is a new one nearly every day.
const MAX_AGE_DAYS: i32 = 90;

/// Says how old the pinned runtime is.
///
/// # Errors
/// If it is too old and `is_old_allowed` does not hold, or if its version names no day.
pub fn check_runtime_age(is_old_allowed: bool) -> anyhow::Result<()> {
    let version = npm_version("workerd")?;
    let age = age_in_days(&version, today()?)
        .with_context(|| format!("the version of workerd, {version}, does not hold the day it is of"))?;
    println!("the runtime: workerd {version}, {age} days old; at most {MAX_AGE_DAYS} are packed unasked");
    if age > MAX_AGE_DAYS && !is_old_allowed {
        bail!(
            "workerd {version} is {age} days old. Raise it (in xtask/npm: `npm install --save-exact workerd@latest`; then `cargo \
             xtask test`), or pack it all the same with --old-runtime"
        );
    }
    Ok(())
}

/// The days from the day in `version` ("1.20261117.1") to `today`.
fn age_in_days(version: &str, today: Date) -> Option<i32> {
    let day = version.split('.').nth(1).filter(|day| day.len() == 8)?;
    let (year, month, day) = (day.get(..4)?, day.get(4..6)?, day.get(6..)?);
    let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
    Some(date.until(today).ok()?.get_days())
}

fn today() -> anyhow::Result<Date> {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    Ok(Timestamp::from_second(seconds.try_into()?)
        .ok()
        .context("no such time")?
        .to_zoned(TimeZone::UTC)
        .date())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_is_in_the_version() {
        let today = Date::new(2026, 11, 30).unwrap();
        assert_eq!(age_in_days("1.20261117.1", today), Some(13));
        assert_eq!(age_in_days("1.20260426.1", today), Some(218));
        assert_eq!(age_in_days("1.20260901.0", today), Some(MAX_AGE_DAYS));
    }

    #[test]
    fn another_form_of_version_is_not_taken_for_a_young_one() {
        let today = Date::new(2026, 11, 30).unwrap();
        for version in ["1.2.3", "2026-11-17", "1.20261317.1", ""] {
            assert_eq!(age_in_days(version, today), None, "{version}");
        }
    }
}
