-- Whose turn a periodic job is, by the clock of this server: each of its shares is worked on by one process at a time, and
-- once an interval in all of them together. result is what the last turn measured, for the processes that did not.
CREATE TABLE work_turn (
    job        varchar NOT NULL CHECK (length(job) BETWEEN 1 AND 60),
    share      integer NOT NULL CHECK (share >= 0),
    -- Counts the turns. A process that lost its turn to another cannot end that one's.
    turn       bigint NOT NULL CHECK (turn > 0),
    -- Who works on it, until when; nobody between two turns.
    holder     varchar,
    held_until timestamptz,
    due_at     timestamptz NOT NULL,
    result     jsonb CHECK (jsonb_typeof(result) = 'object'),
    PRIMARY KEY (job, share),
    CHECK ((holder IS NULL) = (held_until IS NULL))
);
