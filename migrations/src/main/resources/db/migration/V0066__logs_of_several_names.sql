-- A log that ended, because newer rows of it were lost, keeps its checkpoints beside those of the one
-- that takes its place under another name. A checkpoint's first line is the name of its log.
alter table log_checkpoint
  add column origin text not null generated always as (split_part(note, E'\n', 1)) stored;
alter table log_checkpoint drop constraint log_checkpoint_pkey;
alter table log_checkpoint add primary key (origin, size);
