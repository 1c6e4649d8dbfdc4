-- Each version of a consent keeps what the operator said of the processing when it was made: on what
-- it rests, who answers for it and who works on the data for him, where, how long, and where the
-- holder can withdraw. What he says later is said of later versions.

-- The article 6(1) of the GDPR. Until now it could be nothing else.
alter table consent add column lawful_basis text not null default 'consent'
  check (lawful_basis in ('consent', 'contract', 'legal-obligation', 'vital-interest',
    'public-interest', 'legitimate-interest'));
-- JSON that names its form; null in versions from before it was kept. Nothing in it is the holder's.
alter table consent add column stated text check (length(stated) <= 200000);

-- What the provisioning file says of a tenant in the place of what the settings say of all.
alter table tenant add column contact text check (length(contact) <= 500);
alter table tenant add column address text check (length(address) <= 500);
alter table tenant add column country text check (country ~ '^[A-Z]{2}$');
alter table tenant add column lawful_basis text
  check (lawful_basis in ('consent', 'contract', 'legal-obligation', 'vital-interest',
    'public-interest', 'legitimate-interest'));
grant update (contact, address, country, lawful_basis) on tenant to ${app_role};

-- Of whoever receives data a record also tells how to reach it; null when nobody said.
alter table client add column contact text check (length(contact) <= 500);
alter table client add column address text check (length(address) <= 500);
-- What was never said of a client can be said later.
grant update (country, contact, address) on client to ${app_role};
