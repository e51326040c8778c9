DROP INDEX billing_event_owed;
DROP INDEX one_entry_per_movement;
