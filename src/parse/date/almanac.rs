//! Where the sun and the moon stand, for the calendars that follow them.
//!
//! The positions are the leading terms of Meeus, *Astronomical Algorithms* (2nd edition, chapters 25
//! and 47), good to a few minutes of time for the centuries around the present one. A feast that an
//! authority proclaims may lie a day beside the one computed.

use jiff::{Span, civil};

/// Days from noon UT of 1 January 2000.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
struct Instant(f64);

/// Days of time between Greenwich and the place whose day is asked for.
#[derive(Debug, Clone, Copy)]
struct Zone(f64);

const INDIA: Zone = Zone(5.5 / 24.0);
const CHINA: Zone = Zone(8.0 / 24.0);
const ARABIA: Zone = Zone(3.0 / 24.0);
const GREENWICH: Zone = Zone(0.0);

/// Mean length of a tropical year and of a month from new moon to new moon, in days.
const YEAR: f64 = 365.2422;
const MONTH: f64 = 29.530_588_853;

/// Multiples of the moon's elongation, the sun's and the moon's anomaly and the moon's argument of
/// latitude, and the amplitude in millionths of a degree: longitude.
const LONGITUDE: [([i8; 4], f64); 23] = [
    ([0, 0, 1, 0], 6_288_774.0),
    ([2, 0, -1, 0], 1_274_027.0),
    ([2, 0, 0, 0], 658_314.0),
    ([0, 0, 2, 0], 213_618.0),
    ([0, 1, 0, 0], -185_116.0),
    ([0, 0, 0, 2], -114_332.0),
    ([2, 0, -2, 0], 58_793.0),
    ([2, -1, -1, 0], 57_066.0),
    ([2, 0, 1, 0], 53_322.0),
    ([2, -1, 0, 0], 45_758.0),
    ([0, 1, -1, 0], -40_923.0),
    ([1, 0, 0, 0], -34_720.0),
    ([0, 1, 1, 0], -30_383.0),
    ([2, 0, 0, -2], 15_327.0),
    ([0, 0, 1, 2], -12_528.0),
    ([0, 0, 1, -2], 10_980.0),
    ([4, 0, -1, 0], 10_675.0),
    ([0, 0, 3, 0], 10_034.0),
    ([4, 0, -2, 0], 8_548.0),
    ([2, 1, -1, 0], -7_888.0),
    ([2, 1, 0, 0], -6_766.0),
    ([1, 0, -1, 0], -5_163.0),
    ([1, 1, 0, 0], 4_987.0),
];

/// The same for the moon's latitude.
const LATITUDE: [([i8; 4], f64); 8] = [
    ([0, 0, 0, 1], 5_128_122.0),
    ([0, 0, 1, 1], 280_602.0),
    ([0, 0, 1, -1], 277_693.0),
    ([2, 0, 0, -1], 173_237.0),
    ([2, 0, -1, 1], 55_413.0),
    ([2, 0, -1, -1], 46_271.0),
    ([2, 0, 0, 1], 32_573.0),
    ([0, 0, 2, 1], 17_198.0),
];

fn sin(degrees: f64) -> f64 {
    degrees.to_radians().sin()
}

fn cos(degrees: f64) -> f64 {
    degrees.to_radians().cos()
}

/// An angle between -180 and 180 degrees.
fn wrapped(degrees: f64) -> f64 {
    (degrees + 180.0).rem_euclid(360.0) - 180.0
}

impl Instant {
    fn centuries(self) -> f64 {
        self.0 / 36_525.0
    }

    fn later(self, days: f64) -> Instant {
        Instant(self.0 + days)
    }

    /// The day it is then in a zone, counted from 1 January 2000.
    fn day(self, zone: Zone) -> i64 {
        (self.0 + zone.0 + 0.5).floor() as i64
    }

    /// An hour of a day in a zone.
    fn at(day: i64, hour: f64, zone: Zone) -> Instant {
        Instant(day as f64 - 0.5 + hour / 24.0 - zone.0)
    }

    /// The sun's apparent longitude in degrees.
    fn sun(self) -> f64 {
        let t = self.centuries();
        let anomaly = 357.529_11 + 35_999.050_29 * t;
        let center = 1.914602 * sin(anomaly) + 0.019993 * sin(2.0 * anomaly);
        280.466_46 + 36_000.769_83 * t + center - 0.00569
    }

    /// The moon's longitude and latitude in degrees.
    fn moon(self) -> (f64, f64) {
        let t = self.centuries();
        let arguments = [
            297.850_192 + 445_267.111_403 * t,
            357.529_109 + 35_999.050_291 * t,
            134.963_396 + 477_198.867_506 * t,
            93.272_095 + 483_202.017_523 * t,
        ];
        let sum = |terms: &[([i8; 4], f64)]| -> f64 {
            let angle = |of: &[i8; 4]| -> f64 {
                of.iter().zip(arguments).map(|(&times, angle)| f64::from(times) * angle).sum()
            };
            terms.iter().map(|(of, amplitude)| amplitude * 1e-6 * sin(angle(of))).sum()
        };
        (218.316_448 + 481_267.881_234 * t + sum(&LONGITUDE), sum(&LATITUDE))
    }

    /// How far the moon is ahead of the sun, 0 to 360 degrees.
    fn elongation(self) -> f64 {
        (self.moon().0 - self.sun()).rem_euclid(360.0)
    }

    /// The new moon nearest to this instant.
    fn nearest_new_moon(self) -> Instant {
        let mut found = self.later(-wrapped(self.elongation()) * MONTH / 360.0);
        for _ in 0..5 {
            found = found.later(-wrapped(found.elongation()) * MONTH / 360.0);
        }
        found
    }

    /// The last new moon not after this instant.
    fn new_moon_before(self) -> Instant {
        let found = self.later(-self.elongation() * MONTH / 360.0).nearest_new_moon();
        if found > self { found.later(-MONTH).nearest_new_moon() } else { found }
    }
}

/// What the sun's longitude is counted from.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Origin {
    /// The equinox.
    Equinox,
    /// The stars, as the calendars of India do (Lahiri's reckoning).
    Stars,
}

impl Origin {
    fn behind(self, at: Instant) -> f64 {
        match self {
            Origin::Equinox => 0.0,
            Origin::Stars => 23.853 + at.0 / 365.25 * 0.013_97,
        }
    }
}

/// When the sun reaches a longitude in a year.
fn sun_at(year: i16, longitude: f64, origin: Origin) -> Instant {
    let start = (i32::from(year) - 2000) as f64 * YEAR;
    // Close to 20 March; a longitude from 280 degrees is reached before it.
    let ahead = wrapped(longitude + origin.behind(Instant(start)) - 100.0) + 100.0;
    let mut found = Instant(start + 79.0 + ahead / 360.0 * YEAR);
    for _ in 0..6 {
        let off = wrapped(longitude - found.sun() + origin.behind(found));
        found = found.later(off / 360.0 * YEAR);
    }
    found
}

fn date(day: i64) -> Option<civil::Date> {
    civil::Date::constant(2000, 1, 1).checked_add(Span::new().try_days(day).ok()?).ok()
}

/// The day of a lunar month of India in a year: the day on which, at an hour, a `tithi` (1 to 30, a
/// twelfth of a degree's lead of the moon each) lasts. Month 0 is Chaitra; months end at new moon.
pub fn indian_moon(year: i16, month: u8, tithi: u8, hour: u8) -> Option<civil::Date> {
    let wanted = i64::from(tithi);
    // A month that begins in December belongs to the sun's next year.
    [year, year.checked_add(1)?].into_iter().find_map(|sun_year| {
        let entry = sun_at(sun_year, 30.0 * f64::from(month), Origin::Stars);
        let new = entry.new_moon_before();
        let first = new.day(INDIA);
        let lasts = |day: i64| {
            let then = Instant::at(day, f64::from(hour), INDIA);
            let tithi = (then.elongation() / 12.0) as i64 + 1;
            match then.0 - new.0 {
                age if age < 0.0 => 0,
                age if age > 25.0 && tithi < 5 => tithi + 30,
                _ => tithi,
            }
        };
        let day = (first..first + 32).find(|&day| lasts(day) >= wanted)?;
        // One that begins and ends between two such hours is kept on the day it begins.
        let day = if lasts(day) > wanted { day - 1 } else { day };
        date(day).filter(|date| date.year() == year)
    })
}

/// The day on which the sun enters a sign of the stars; the next day where it does so after an hour.
pub fn indian_sun(year: i16, longitude: i16, hour: u8) -> Option<civil::Date> {
    let entry = sun_at(year, f64::from(longitude), Origin::Stars);
    let day = entry.day(INDIA);
    let late = entry > Instant::at(day, f64::from(hour), INDIA);
    date(day + i64::from(late))
}

/// A day of a month of the Chinese calendar that begins in the year.
///
/// The eleventh month holds the winter solstice; the others hold the sun's entry into the sign that
/// goes with them (leap months hold none).
pub fn chinese(year: i16, month: u8, day: u8) -> Option<civil::Date> {
    let new_moon = |sun_year: i16, longitude: f64| {
        let entry = sun_at(sun_year, longitude, Origin::Equinox).day(CHINA);
        // What counts is the day, not the hour, of both.
        Instant::at(entry + 1, 0.0, CHINA).later(-1e-6).new_moon_before()
    };
    let new = match month {
        1 => new_moon(year.checked_sub(1)?, 270.0).later(2.0 * MONTH).nearest_new_moon(),
        _ => new_moon(year, (f64::from(month) * 30.0 + 300.0).rem_euclid(360.0)),
    };
    date(new.day(CHINA) + i64::from(day) - 1)
}

/// Years of the Hijra for which the Saudi calendar's rules are known (1950 to 2029).
const PROCLAIMED: std::ops::Range<i64> = 1370..1451;

/// Latitude and longitude of Mecca.
const MECCA: (f64, f64) = (21.4225, 39.8262);

/// The first day of an Islamic month by the Umm al-Qura calendar of Saudi Arabia; `None` for years
/// before and after its rules.
///
/// To 1422 a month began on the day after that, by Greenwich, of the new moon; since 1423 it does so
/// if on that day at Mecca the moon sets after the sun (R. H. van Gent's account of the calendar).
pub fn islamic_month(hijri: i64, month: u8) -> Option<civil::Date> {
    if !PROCLAIMED.contains(&hijri) {
        return None;
    }
    // From the new moon of 16 April 1999, before the first month of 1420.
    let months = (hijri - 1420) * 12 + i64::from(month) - 1;
    let new = Instant(-259.8 + months as f64 * MONTH).nearest_new_moon();
    if hijri < 1423 {
        return date(new.day(GREENWICH) + 1);
    }
    let day = new.day(ARABIA);
    let sunset = sunset(day);
    let seen = new < sunset && altitude(sunset) > 0.1;
    date(day + if seen { 1 } else { 2 })
}

/// The obliquity of the ecliptic.
const TILT: f64 = 23.4393;

/// Right ascension and declination of a point of the ecliptic.
fn equatorial(longitude: f64, latitude: f64) -> (f64, f64) {
    let (l, b) = (longitude, latitude);
    let ascension = (sin(l) * cos(TILT) - b.to_radians().tan() * sin(TILT)).atan2(cos(l));
    let declination = (sin(b) * cos(TILT) + cos(b) * sin(TILT) * sin(l)).asin();
    (ascension.to_degrees(), declination.to_degrees())
}

/// How far a star of that right ascension is west of Mecca's meridian.
fn hour_angle(at: Instant, ascension: f64) -> f64 {
    280.460_618 + 360.985_647_366 * at.0 + MECCA.1 - ascension
}

/// Sunset at Mecca.
fn sunset(day: i64) -> Instant {
    let mut found = Instant(day as f64 - MECCA.1 / 360.0 + 0.25);
    for _ in 0..3 {
        let (ascension, declination) = equatorial(found.sun(), 0.0);
        let height = sin(-0.833) - sin(MECCA.0) * sin(declination);
        let half = (height / (cos(MECCA.0) * cos(declination))).acos().to_degrees();
        found = found.later(wrapped(half - hour_angle(found, ascension)) / 360.986);
    }
    found
}

/// The moon's altitude at Mecca, as seen from the earth's center.
fn altitude(at: Instant) -> f64 {
    let (longitude, latitude) = at.moon();
    let (ascension, declination) = equatorial(longitude, latitude);
    let across = cos(MECCA.0) * cos(declination) * cos(hour_angle(at, ascension));
    (sin(MECCA.0) * sin(declination) + across).asin().to_degrees()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(found: Option<civil::Date>) -> String {
        found.map(|date| date.to_string()).unwrap_or_default()
    }

    #[test]
    fn days_that_the_moon_of_india_tells() {
        // Diwali, Holi's eve, Rama's birthday and the birthday of Guru Gobind Singh.
        assert_eq!(shown(indian_moon(2016, 6, 30, 18)), "2016-10-30");
        assert_eq!(shown(indian_moon(2023, 6, 30, 18)), "2023-11-12");
        assert_eq!(shown(indian_moon(2021, 11, 15, 18)), "2021-03-28");
        assert_eq!(shown(indian_moon(2018, 0, 9, 12)), "2018-03-25");
        assert_eq!(shown(indian_moon(2013, 9, 7, 6)), "2013-01-18");
    }

    #[test]
    fn days_that_the_sun_of_india_tells() {
        assert_eq!(shown(indian_sun(2017, 270, 18)), "2017-01-14");
        assert_eq!(shown(indian_sun(2020, 270, 18)), "2020-01-15");
        assert_eq!(shown(indian_sun(2016, 0, 24)), "2016-04-13");
    }

    #[test]
    fn chinese_days() {
        for (year, new_year) in
            [(1985, "1985-02-20"), (2015, "2015-02-19"), (2020, "2020-01-25"), (2023, "2023-01-22")]
        {
            assert_eq!(shown(chinese(year, 1, 1)), new_year);
        }
        assert_eq!(shown(chinese(2020, 8, 15)), "2020-10-01");
        assert_eq!(shown(chinese(2023, 5, 5)), "2023-06-22");
    }

    #[test]
    fn islamic_months() {
        assert_eq!(shown(islamic_month(1436, 10)), "2015-07-17");
        assert_eq!(shown(islamic_month(1442, 9)), "2021-04-13");
        assert_eq!(shown(islamic_month(1408, 10)), "1988-05-16");
        assert_eq!(islamic_month(1300, 1), None);
    }
}
