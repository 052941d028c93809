* What PSPP 1.6.2 makes of tests/references/tables.csv, all of it made up; 9 and -9 stand for not stated.
*     pspp -O format=csv -o tables.pspp.csv tables.sps
SET FORMAT=F20.12.
SET SMALL=0.
GET DATA /TYPE=TXT /FILE='tables.csv' /DELIMITERS=',' /FIRSTCASE=2
  /VARIABLES=outcome F1.0 plan F1.0 abuse F1.0 days F20.12 weight F8.3.
FORMATS days (F20.12).
VALUE LABELS /outcome 1 'fatal' 2 'harm' /plan 1 'now' 2 'past' 3 'never' /abuse 1 'yes' 2 'no' 9 'not-stated'.
MISSING VALUES abuse (9) days (-9).
FREQUENCIES abuse.
CROSSTABS /TABLES=plan BY outcome /CELLS=COUNT ROW COLUMN TOTAL EXPECTED ASRESID.
CROSSTABS /TABLES=plan BY outcome BY abuse /CELLS=COUNT COLUMN EXPECTED ASRESID /STATISTICS=CHISQ.
EXAMINE days BY outcome /PERCENTILES(25,50,75)=HAVERAGE /STATISTICS=DESCRIPTIVES.
WEIGHT BY weight.
FREQUENCIES abuse.
CROSSTABS /TABLES=plan BY outcome /CELLS=COUNT ROW COLUMN TOTAL EXPECTED ASRESID /COUNT=ASIS /STATISTICS=CHISQ.
EXAMINE days BY outcome /PERCENTILES(25,50,75)=HAVERAGE /STATISTICS=DESCRIPTIVES.
