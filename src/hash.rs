//! Hash tables whose keys come from documents: quick for short keys, and seeded anew in each process,
//! so that nobody can write a document whose words meet. No outcome depends on their order.

use foldhash::fast::RandomState;

/// A map from what a document says.
pub type HashMap<K, V> = std::collections::HashMap<K, V, RandomState>;
/// A set of what a document says.
pub type HashSet<K> = std::collections::HashSet<K, RandomState>;
