//! The programme's events against the day of the figures: done, due, overdue, or not said.

use crate::feed::{AsOf, Feed, arrange, order};

/// What is known of an event on the day that the figures describe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The feed says that it is done.
    Done,
    /// Its day has not passed, and the feed does not say that it is done.
    Due,
    /// Its day has passed, and the feed says that it is not done.
    Overdue,
    /// Its day has passed, and the feed does not say. Nothing is assumed.
    Unsaid,
}

/// One event.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Event<'a> {
    /// The day.
    pub day: AsOf,
    /// What.
    pub name: &'a str,
    /// What is known of it.
    pub state: State,
    /// Something is due by that day.
    pub deadline: bool,
    /// Days from the figures' day to the event's; negative once it has passed.
    pub days: i32,
}

/// The feed's milestones, earliest first; those of one day in the feed's order.
#[must_use]
pub fn events(feed: &Feed) -> Vec<Event<'_>> {
    let mut events: Vec<Event> = feed
        .milestones
        .iter()
        .map(|milestone| {
            let days = feed.as_of.date.days_until(milestone.date.date);
            Event {
                day: milestone.date,
                name: &milestone.name,
                state: match (milestone.done, days) {
                    (Some(true), _) => State::Done,
                    (_, 0..) => State::Due,
                    (Some(false), _) => State::Overdue,
                    (None, _) => State::Unsaid,
                },
                deadline: milestone.deadline,
                days,
            }
        })
        .collect();
    let order = order(events.len(), &|index| {
        events.get(index).map_or(0.0, |event| event.days.into())
    });
    arrange(order, &mut |a, b| events.swap(a, b));
    events
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feed::{Limits, parse};

    #[test]
    fn what_the_feed_does_not_say_is_not_assumed() {
        let feed = r#"{"feed": "progress-widgets/1", "as_of": "2020-09-30", "milestones": [
            {"date": "2020-10-31", "name": "e", "done": true},
            {"date": "2020-10-01", "name": "d", "done": false},
            {"date": "2020-09-30", "name": "c"},
            {"date": "2020-09-29", "name": "b", "done": false, "deadline": true},
            {"date": "2020-09-01", "name": "a"}
        ]}"#;
        let feed = parse(feed.as_bytes(), &Limits::default()).unwrap().feed;
        let found: Vec<_> = events(&feed)
            .iter()
            .map(|e| (e.name, e.state, e.days))
            .collect();
        assert_eq!(
            found,
            [
                ("a", State::Unsaid, -29),
                ("b", State::Overdue, -1),
                ("c", State::Due, 0),
                ("d", State::Due, 1),
                ("e", State::Done, 31),
            ]
        );
    }
}
