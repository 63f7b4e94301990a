-- The exact and tolerance passes of `manage.py reconcile`, as SQL: the peer of the benchmark.
-- Neither names, nor likeness, nor repetitions, nor words: a patient is known by number alone.
CREATE TEMP TABLE acts AS
SELECT act, upper(replace(professional, ' ', '')) AS professional,
       upper(replace(patient_code, ' ', '')) AS patient,
       upper(replace(kind, ' ', '-')) AS kind, CAST(done_on AS DATE) AS day,
       CAST(round(CAST(amount AS DOUBLE) * 100) AS INTEGER) AS cents, state
FROM read_csv('{acts}', delim = ';', header = true, all_varchar = true)
WHERE state <> 'cancelled';

CREATE TEMP TABLE lines AS
SELECT line, upper(replace(professional, ' ', '')) AS professional,
       upper(replace(patient_code, ' ', '')) AS patient,
       upper(replace(kind, ' ', '-')) AS kind,
       coalesce(TRY_CAST(done_on AS DATE), CAST(TRY_STRPTIME(done_on, '%d/%m/%Y') AS DATE)) AS day,
       CAST(round(TRY_CAST(
           replace(replace(replace(amount, '€', ''), ' ', ''), ',', '.') AS DOUBLE
       ) * 100) AS INTEGER) AS cents
FROM read_csv('{statement}', delim = ';', header = true, all_varchar = true);

CREATE TEMP TABLE exact AS
SELECT line, act
FROM (SELECT *, row_number() OVER (
          PARTITION BY professional, patient, kind, day, cents ORDER BY line) AS rank FROM lines) l
JOIN (SELECT *, row_number() OVER (
          PARTITION BY professional, patient, kind, day, cents ORDER BY state, act) AS rank
      FROM acts) a
USING (professional, patient, kind, day, cents, rank);

CREATE TEMP TABLE tolerant AS
SELECT line, act FROM (
    SELECT l.line, a.act,
           row_number() OVER (PARTITION BY l.line ORDER BY abs(l.day - a.day), a.act) AS of_line,
           row_number() OVER (PARTITION BY a.act ORDER BY abs(l.day - a.day), l.line) AS of_act
    FROM (SELECT * FROM lines ANTI JOIN exact USING (line)) l
    JOIN (SELECT * FROM acts ANTI JOIN exact USING (act)) a
    ON l.professional = a.professional AND l.patient = a.patient AND l.kind = a.kind
       AND (abs(l.day - a.day) <= 3
            OR (day(l.day) = month(a.day) AND month(l.day) = day(a.day)
                AND year(l.day) = year(a.day)))
) WHERE of_line = 1 AND of_act = 1;

COPY (SELECT * FROM exact UNION ALL SELECT * FROM tolerant)
TO '{out}' (HEADER, DELIMITER ';');
