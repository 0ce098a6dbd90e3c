//! stub
use crate::value::Decimal;
/// d
pub fn dimension(_n: &str) -> Option<&'static str> {
    None
}
/// b
pub fn base(_n: &str) -> Option<&'static str> {
    None
}
/// c
pub fn convert(v: Decimal, _a: &str, _b: &str) -> Option<Decimal> {
    Some(v)
}
