-- A holder may arrive with books whose records were erased where he came from: then a record that
-- tells what is booked is taken for the one that is gone, as it is where they were erased here.
alter table erased_class drop constraint erased_class_cause_check;
alter table erased_class add constraint erased_class_cause_check
  check (cause in ('request', 'retention', 'replay', 'arrival'));
