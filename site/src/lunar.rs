//! Vietnam's lunar calendar: months begin on the day of the new moon in Hanoi (UTC+7); the one with the winter solstice is
//! the eleventh; of thirteen months between two solstices the first without a solar term of its own is a leap month.
//!
//! New moons and the sun's longitude are Jean Meeus's (Astronomical Algorithms, 2nd edition, chapters 49 and 25), good to
//! some seconds in these centuries. Days are counted as Julian day numbers.

/// Julian day number of 1 January 1970.
const EPOCH: i64 = 2_440_588;
/// Mean time from new moon to new moon, in days.
const MONTH: f64 = 29.530_588_861;
/// The new moon numbers are counted from: 6 January 2000.
const FIRST: f64 = 2_451_550.097_66;
/// How far the clocks of the earth are behind the uniform time of astronomy, in days: 70 s, as around 2025.
const DELTA_T: f64 = 0.0008;
/// Hanoi's time, in days east of Greenwich.
const HANOI: f64 = 7.0 / 24.0;

/// A date by the moon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lunar {
    /// 1 to 12.
    pub month: u8,
    /// 1 to 30.
    pub day: u8,
    /// Whether it is a month's second time in its year.
    pub leap: bool,
}

/// The lunar date of the day `days` after 1 January 1970.
pub fn lunar_date(days: i64) -> Lunar {
    let today = days + EPOCH;
    let mut moon = ((today as f64 - FIRST) / MONTH) as i64 + 1;
    while month_start(moon) > today {
        moon -= 1;
    }
    let mut eleventh = moon;
    while !has_solstice(eleventh) {
        eleventh -= 1;
    }
    let mut next = eleventh + 1;
    while !has_solstice(next) {
        next += 1;
    }
    let is_leap = |moon: &i64| solar_term(month_start(*moon)) == solar_term(month_start(*moon + 1));
    let leap = if next - eleventh == 13 { (eleventh + 1..next).find(is_leap) } else { None };
    let after = moon - eleventh - i64::from(leap.is_some_and(|leap| moon >= leap));
    Lunar {
        month: ((after + 10) % 12 + 1) as u8,
        day: (today - month_start(moon) + 1) as u8,
        leap: leap == Some(moon),
    }
}

/// The day in Hanoi on which the month of the new moon number `moon` begins.
fn month_start(moon: i64) -> i64 {
    (new_moon(moon as f64) - DELTA_T + 0.5 + HANOI).floor() as i64
}

/// Which twelfth of its way the sun is in when the day begins in Hanoi; 0 from the spring equinox on.
fn solar_term(day: i64) -> i64 {
    let century = (day as f64 - 0.5 - HANOI + DELTA_T - 2_451_545.0) / 36_525.0;
    (sun_longitude(century).rem_euclid(360.0) / 30.0) as i64
}

fn has_solstice(moon: i64) -> bool {
    (6..=8).contains(&solar_term(month_start(moon))) && (9..=11).contains(&solar_term(month_start(moon + 1)))
}

/// The sun's apparent longitude, in degrees; `t` in centuries since 2000.
fn sun_longitude(t: f64) -> f64 {
    let sin = |degrees: f64| degrees.to_radians().sin();
    let mean = 280.466_46 + t * (36_000.769_83 + t * 0.000_303_2);
    let anomaly = 357.529_11 + t * (35_999.050_29 - t * 0.000_153_7);
    let centre = (1.914_602 - t * (0.004_817 + t * 0.000_014)) * sin(anomaly)
        + (0.019_993 - t * 0.000_101) * sin(2.0 * anomaly)
        + 0.000_289 * sin(3.0 * anomaly);
    mean + centre - 0.005_69 - 0.004_78 * sin(125.04 - 1_934.136 * t)
}

/// When the moon number `k` is new, as a Julian day of uniform time.
fn new_moon(k: f64) -> f64 {
    let t = k / 1_236.85;
    let e = 1.0 - t * (0.002_516 + t * 0.000_007_4);
    let sun = 2.5534 + 29.105_356_7 * k - 0.000_001_4 * t * t;
    let moon = 201.5643 + 385.816_935_28 * k + 0.010_758_2 * t * t;
    let node = 160.7108 + 390.670_502_84 * k - 0.001_611_8 * t * t;
    let omega = 124.7746 - 1.563_755_88 * k + 0.002_067_2 * t * t;
    let terms = [
        (-0.407_20, moon),
        (0.172_41 * e, sun),
        (0.016_08, 2.0 * moon),
        (0.010_39, 2.0 * node),
        (0.007_39 * e, moon - sun),
        (-0.005_14 * e, moon + sun),
        (0.002_08 * e * e, 2.0 * sun),
        (-0.001_11, moon - 2.0 * node),
        (-0.000_57, moon + 2.0 * node),
        (0.000_56 * e, 2.0 * moon + sun),
        (-0.000_42, 3.0 * moon),
        (0.000_42 * e, sun + 2.0 * node),
        (0.000_38 * e, sun - 2.0 * node),
        (-0.000_24 * e, 2.0 * moon - sun),
        (-0.000_17, omega),
        (-0.000_07, moon + 2.0 * sun),
    ];
    let mean = FIRST + MONTH * k + t * t * (0.000_154_37 - t * 0.000_000_15);
    mean + terms.iter().map(|(size, angle)| size * angle.to_radians().sin()).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{Date, date};

    fn of(date: Date) -> Lunar {
        lunar_date(crate::hours::days_since_epoch(date))
    }

    /// Tết as it was and will be kept; 2007 and 2030 are a day before China's, 1985 a whole month.
    const NEW_YEARS: &[(i16, i8, i8)] = &[
        (1985, 1, 21),
        (2007, 2, 17),
        (2024, 2, 10),
        (2025, 1, 29),
        (2026, 2, 17),
        (2027, 2, 6),
        (2028, 1, 26),
        (2029, 2, 13),
        (2030, 2, 2),
        (2031, 1, 23),
        (2032, 2, 11),
        (2033, 1, 31),
        (2034, 2, 19),
        (2035, 2, 8),
    ];

    #[test]
    fn new_years_days() {
        for (y, m, d) in NEW_YEARS {
            let day = date(*y, *m, *d);
            assert_eq!(of(day), Lunar { month: 1, day: 1, leap: false }, "{day}");
            let eve = of(day.yesterday().unwrap());
            assert!(eve.month == 12 && eve.day >= 29, "{day}: the eve is {eve:?}");
        }
    }

    #[test]
    fn the_hung_kings_day() {
        for (y, m, d) in [(2024, 4, 18), (2025, 4, 7), (2026, 4, 26)] {
            assert_eq!(of(date(y, m, d)), Lunar { month: 3, day: 10, leap: false });
        }
    }

    #[test]
    fn leap_months() {
        for (y, m, d, month) in [(2023, 3, 22, 2), (2025, 7, 25, 6), (2020, 5, 23, 4)] {
            assert_eq!(of(date(y, m, d)), Lunar { month, day: 1, leap: true }, "{y}");
        }
    }

    /// Two centuries, day by day: each follows from the one before, and each year has one first day.
    #[test]
    fn no_day_is_left_out() {
        let mut day = date(1950, 1, 1);
        let (mut before, mut firsts) = (of(day), 0);
        while day < date(2150, 1, 1) {
            day = day.tomorrow().unwrap();
            let now = of(day);
            let next_day = now.day == before.day + 1 && (now.month, now.leap) == (before.month, before.leap);
            let next_month = now.day == 1 && before.day >= 29;
            let later = now.month == before.month % 12 + 1 && !now.leap;
            let again = now.month == before.month && now.leap && !before.leap;
            assert!(next_day || (next_month && (later || again)), "{day}: {before:?}, then {now:?}");
            firsts += u32::from(now == Lunar { month: 1, day: 1, leap: false });
            before = now;
        }
        assert_eq!(firsts, 200);
    }
}
