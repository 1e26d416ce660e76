-- every kind
WITH
-- cells: each company, and the cells that tests read, each read once; NULL where there is nothing to read
cells AS (
  SELECT
    companies.id,
    CAST(companies.employees AS DOUBLE) AS cell_0, /* employees, as a number */
    NULLIF(LOWER(TRIM(companies.industry, ' \t\n\r\x0b\f')), '') AS cell_1, /* industry, as words */
    NULLIF(LOWER(TRIM(companies.technologies, ' \t\n\r\x0b\f')), '') AS cell_2, /* technologies, as words */
    NULLIF(LOWER(TRIM(companies.about, ' \t\n\r\x0b\f')), '') AS cell_3, /* about, as words */
    companies.raised_on AS cell_4, /* raised_on, as a day */
    NULLIF(LOWER(TRIM(companies.city, ' \t\n\r\x0b\f')), '') AS cell_5, /* city, as words */
    NULLIF(LOWER(TRIM(companies.country, ' \t\n\r\x0b\f')), '') AS cell_6, /* country, as words */
    companies.is_customer AS cell_7 /* is_customer, as true or false */
  FROM analytics.companies AS companies
),
-- tests: each company, and what each test of the profile holds of it: true, false, or NULL where unknown
tests AS (
  SELECT
    cells.id,
    (
      cells.cell_0 >= CAST('40.0' AS DOUBLE)
    )
    AND (
      cells.cell_0 < CAST('250.0' AS DOUBLE)
    ) AS answer_0, /* employees between 40 and 249 */
    (
      cells.cell_1 = 'software'
    ) OR (
      cells.cell_1 = 'fintech'
    ) AS answer_1, /* industry is Software or Fintech */
    CASE
      WHEN cells.cell_2 IS NULL
      THEN CAST(NULL AS BOOLEAN)
      WHEN CONTAINS(cells.cell_2, 'salesforce')
      THEN REGEXP_LIKE(
        cells.cell_2,
        CONCAT('.*', '(^|[;|,])[ \t\n\r\f ]*(salesforce)[ \t\n\r\f ]*($|[;|,])', '.*'),
        'cs'
      )
      ELSE FALSE
    END AS answer_2, /* uses Salesforce */
    NOT (
      CASE
        WHEN cells.cell_2 IS NULL
        THEN CAST(NULL AS BOOLEAN)
        WHEN CONTAINS(cells.cell_2, 'hubspot')
        THEN REGEXP_LIKE(
          cells.cell_2,
          CONCAT('.*', '(^|[;|,])[ \t\n\r\f ]*(hubspot)[ \t\n\r\f ]*($|[;|,])', '.*'),
          'cs'
        )
        ELSE FALSE
      END
    ) AS answer_3, /* does not use HubSpot */
    CASE
      WHEN cells.cell_3 IS NULL
      THEN CAST(NULL AS BOOLEAN)
      WHEN CONTAINS(cells.cell_3, 'sales')
      THEN REGEXP_LIKE(
        cells.cell_3,
        CONCAT(
          '.*',
          '(^|[^0-9A-Za-z_À-ÖØ-öø-῿])(head[ \t\n\r\f ]+of[ \t\n\r\f ]+sales)($|[^0-9A-Za-z_À-ÖØ-öø-῿])',
          '.*'
        ),
        'cs'
      )
      ELSE FALSE
    END AS answer_4, /* about mentions "head of sales" */
    CASE
      WHEN cells.cell_4 >= DATEADD(DAY, 1, CURRENT_DATE)
      THEN CAST(NULL AS BOOLEAN)
      ELSE cells.cell_4 >= DATEADD(DAY, -365, CURRENT_DATE)
    END AS answer_5, /* raised in the last year */
    (
      cells.cell_5 = 'zürich'
    ) OR (
      cells.cell_5 = 'zÜrich'
    ) AS answer_6, /* city is Zürich */
    NOT (
      (
        cells.cell_6 = 'us'
      ) OR (
        cells.cell_6 = 'gb'
      )
    ) AS answer_7, /* country is neither US nor GB */
    cells.cell_7 = TRUE AS answer_8 /* is customer is yes */
  FROM cells
),
-- answers: the same in whole numbers: 0 no, 1 yes, 2 unknown
answers AS (
  SELECT
    tests.id,
    COALESCE(CAST(tests.answer_0 AS INT), 2) AS answer_0,
    COALESCE(CAST(tests.answer_1 AS INT), 2) AS answer_1,
    COALESCE(CAST(tests.answer_2 AS INT), 2) AS answer_2,
    COALESCE(CAST(tests.answer_3 AS INT), 2) AS answer_3,
    COALESCE(CAST(tests.answer_4 AS INT), 2) AS answer_4,
    COALESCE(CAST(tests.answer_5 AS INT), 2) AS answer_5,
    COALESCE(CAST(tests.answer_6 AS INT), 2) AS answer_6,
    COALESCE(CAST(tests.answer_7 AS INT), 2) AS answer_7,
    COALESCE(CAST(tests.answer_8 AS INT), 2) AS answer_8
  FROM tests
),
-- vectors: every combination of answers once, and its number; all that follows is worked out once for each
vectors AS (
  SELECT
    part_1.code_0,
    MAX(part_1.answer_0) AS answer_0,
    MAX(part_1.answer_1) AS answer_1,
    MAX(part_1.answer_2) AS answer_2,
    MAX(part_1.answer_3) AS answer_3,
    MAX(part_1.answer_4) AS answer_4,
    MAX(part_1.answer_5) AS answer_5,
    MAX(part_1.answer_6) AS answer_6,
    MAX(part_1.answer_7) AS answer_7,
    MAX(part_1.answer_8) AS answer_8
  FROM (
    SELECT
      answers.*,
      CAST(answers.answer_0 AS BIGINT) + (
        CAST(answers.answer_1 AS BIGINT) * 3
      ) + (
        CAST(answers.answer_2 AS BIGINT) * 9
      ) + (
        CAST(answers.answer_3 AS BIGINT) * 27
      ) + (
        CAST(answers.answer_4 AS BIGINT) * 81
      ) + (
        CAST(answers.answer_5 AS BIGINT) * 243
      ) + (
        CAST(answers.answer_6 AS BIGINT) * 729
      ) + (
        CAST(answers.answer_7 AS BIGINT) * 2187
      ) + (
        CAST(answers.answer_8 AS BIGINT) * 6561
      ) AS code_0
    FROM answers
  ) AS part_1
  GROUP BY
    1
),
-- totals: points: total100 in hundredths (an unknown counts for its share of yes), then at worst and at best
totals AS (
  SELECT
    vectors.*,
    CASE WHEN vectors.answer_0 = 2 THEN 99 WHEN vectors.answer_0 = 1 THEN 300 ELSE 0 END + CASE WHEN vectors.answer_1 = 2 THEN 66 WHEN vectors.answer_1 = 1 THEN 200 ELSE 0 END + IFF(
      (
        vectors.answer_2 = 2
      ) OR (
        vectors.answer_3 = 2
      ),
      99,
      (
        IFF(vectors.answer_2 = 1, 2, 0) + IFF(vectors.answer_3 = 1, 1, 0)
      ) * 100
    ) + CASE WHEN vectors.answer_4 = 2 THEN 132 WHEN vectors.answer_4 = 1 THEN 400 ELSE 0 END + CASE WHEN vectors.answer_5 = 2 THEN 33 WHEN vectors.answer_5 = 1 THEN 100 ELSE 0 END + CASE WHEN vectors.answer_6 = 2 THEN -99 WHEN vectors.answer_6 = 1 THEN -300 ELSE 0 END AS total100,
    CASE WHEN vectors.answer_0 = 2 THEN 0 WHEN vectors.answer_0 = 1 THEN 3 ELSE 0 END + CASE WHEN vectors.answer_1 = 2 THEN 0 WHEN vectors.answer_1 = 1 THEN 2 ELSE 0 END + IFF(
      (
        vectors.answer_2 = 2
      ) OR (
        vectors.answer_3 = 2
      ),
      0,
      IFF(vectors.answer_2 = 1, 2, 0) + IFF(vectors.answer_3 = 1, 1, 0)
    ) + CASE WHEN vectors.answer_4 = 2 THEN 0 WHEN vectors.answer_4 = 1 THEN 4 ELSE 0 END + CASE WHEN vectors.answer_5 = 2 THEN 0 WHEN vectors.answer_5 = 1 THEN 1 ELSE 0 END + CASE WHEN vectors.answer_6 = 2 THEN -3 WHEN vectors.answer_6 = 1 THEN -3 ELSE 0 END AS total_low,
    CASE WHEN vectors.answer_0 = 2 THEN 3 WHEN vectors.answer_0 = 1 THEN 3 ELSE 0 END + CASE WHEN vectors.answer_1 = 2 THEN 2 WHEN vectors.answer_1 = 1 THEN 2 ELSE 0 END + IFF(
      (
        vectors.answer_2 = 2
      ) OR (
        vectors.answer_3 = 2
      ),
      3,
      IFF(vectors.answer_2 = 1, 2, 0) + IFF(vectors.answer_3 = 1, 1, 0)
    ) + CASE WHEN vectors.answer_4 = 2 THEN 4 WHEN vectors.answer_4 = 1 THEN 4 ELSE 0 END + CASE WHEN vectors.answer_5 = 2 THEN 1 WHEN vectors.answer_5 = 1 THEN 1 ELSE 0 END + CASE WHEN vectors.answer_6 = 2 THEN 0 WHEN vectors.answer_6 = 1 THEN -3 ELSE 0 END AS total_high,
    (
      vectors.answer_7 = 1
    ) OR (
      vectors.answer_8 = 1
    ) AS disqualified,
    (
      vectors.answer_7 = 2
    ) OR (
      vectors.answer_8 = 2
    ) AS in_doubt
  FROM vectors
),
-- fits: points as a fit from 0 to 100, whole numbers only, halves up; with its worst and best case
fits AS (
  SELECT
    totals.*,
    IFF(
      totals.disqualified,
      0,
      GREATEST(
        0,
        LEAST(
          100,
          CAST(FLOOR((
            (
              totals.total100 * 200
            ) + 61600
          ) / (
            3200
          )) AS BIGINT)
        )
      )
    ) AS fit,
    IFF(
      totals.disqualified OR totals.in_doubt,
      0,
      GREATEST(
        0,
        LEAST(
          100,
          CAST(FLOOR((
            (
              totals.total_low * 100 * 200
            ) + 61600
          ) / (
            3200
          )) AS BIGINT)
        )
      )
    ) AS fit_low,
    IFF(
      totals.disqualified,
      0,
      GREATEST(
        0,
        LEAST(
          100,
          CAST(FLOOR((
            (
              totals.total_high * 100 * 200
            ) + 61600
          ) / (
            3200
          )) AS BIGINT)
        )
      )
    ) AS fit_high
  FROM totals
),
-- tiers: the first tier that the fit reaches
tiers AS (
  SELECT
    fits.*,
    IFF(
      fits.disqualified,
      'disqualified',
      CASE
        WHEN fits.fit >= 65
        THEN 'it\'s "A"'
        WHEN fits.fit >= 0
        THEN 'B'
        ELSE 'no tier'
      END
    ) AS tier,
    IFF(fits.total100 >= 732, 1, 0) + IFF(fits.total100 >= -308, 1, 0) AS reached
  FROM fits
),
-- win_rates: the win rate of the fit's band, and the widest interval of the bands the unknown spans
win_rates AS (
  SELECT
    tiers.*,
    CASE
      WHEN tiers.fit BETWEEN 0 AND 49
      THEN CAST('0.1' AS DOUBLE)
      WHEN tiers.fit BETWEEN 50 AND 100
      THEN CAST('0.6666666666666666' AS DOUBLE)
      ELSE NULL
    END AS win_rate,
    CASE
      WHEN (
        tiers.fit_low <= 100
      ) AND (
        tiers.fit_high >= 50
      )
      THEN CAST('0.05' AS DOUBLE)
      WHEN (
        tiers.fit_low <= 49
      ) AND (
        tiers.fit_high >= 0
      )
      THEN CAST('0.30000000000000004' AS DOUBLE)
      ELSE NULL
    END AS win_rate_low,
    CASE
      WHEN (
        tiers.fit_low <= 100
      ) AND (
        tiers.fit_high >= 50
      )
      THEN CAST('0.9' AS DOUBLE)
      WHEN (
        tiers.fit_low <= 49
      ) AND (
        tiers.fit_high >= 0
      )
      THEN CAST('0.3333333333333333' AS DOUBLE)
      ELSE NULL
    END AS win_rate_high
  FROM tiers
),
-- in_words: what speaks for a company, what against it, and what is unknown, in words
in_words AS (
  SELECT
    win_rates.*,
    SUBSTRING(
      CONCAT(
        CONCAT(
          CONCAT(
            CONCAT(
              CONCAT(
                IFF(win_rates.answer_0 = 1, '; employees between 40 and 249 (+3)', ''),
                IFF(win_rates.answer_1 = 1, '; industry is Software or Fintech (+2)', '')
              ),
              IFF(win_rates.answer_2 = 1, '; uses Salesforce (+2)', '')
            ),
            IFF(win_rates.answer_3 = 1, '; does not use HubSpot (+1)', '')
          ),
          IFF(win_rates.answer_4 = 1, '; about mentions "head of sales" (+4)', '')
        ),
        IFF(win_rates.answer_5 = 1, '; raised in the last year (+1)', '')
      ),
      3
    ) AS reasons,
    SUBSTRING(
      CONCAT(
        CONCAT(
          CONCAT(
            CONCAT(
              CONCAT(
                CONCAT(
                  CONCAT(
                    CONCAT(
                      IFF(win_rates.answer_7 = 1, '; disqualified: country is neither US nor GB', ''),
                      IFF(win_rates.answer_8 = 1, '; disqualified: is customer is yes', '')
                    ),
                    IFF(win_rates.answer_0 = 0, '; employees not between 40 and 249 (0 of 3)', '')
                  ),
                  IFF(win_rates.answer_1 = 0, '; industry is neither Software nor Fintech (0 of 2)', '')
                ),
                IFF(
                  (
                    win_rates.answer_2 = 0
                  )
                  AND (
                    (
                      IFF(win_rates.answer_2 = 1, 2, 0) + IFF(win_rates.answer_3 = 1, 1, 0)
                    ) < 3
                  ),
                  '; does not use Salesforce (0 of 2)',
                  ''
                )
              ),
              IFF(
                (
                  win_rates.answer_3 = 0
                )
                AND (
                  (
                    IFF(win_rates.answer_2 = 1, 2, 0) + IFF(win_rates.answer_3 = 1, 1, 0)
                  ) < 3
                ),
                '; uses HubSpot (0 of 1)',
                ''
              )
            ),
            IFF(win_rates.answer_4 = 0, '; about does not mention "head of sales" (0 of 4)', '')
          ),
          IFF(win_rates.answer_5 = 0, '; raised more than 1 year ago (0 of 1)', '')
        ),
        IFF(win_rates.answer_6 = 1, '; city is Zürich (-3)', '')
      ),
      3
    ) AS against,
    SUBSTRING(
      CONCAT(
        CONCAT(
          CONCAT(
            CONCAT(
              CONCAT(
                CONCAT(
                  CONCAT(
                    IFF(win_rates.answer_0 = 2, ', employees', ''),
                    IFF(win_rates.answer_1 = 2, ', industry', '')
                  ),
                  IFF((
                    win_rates.answer_2 = 2
                  ) OR (
                    win_rates.answer_3 = 2
                  ), ', technologies', '')
                ),
                IFF(win_rates.answer_4 = 2, ', about', '')
              ),
              IFF(win_rates.answer_5 = 2, ', raised on', '')
            ),
            IFF(win_rates.answer_6 = 2, ', city', '')
          ),
          IFF(win_rates.answer_7 = 2, ', country', '')
        ),
        IFF(win_rates.answer_8 = 2, ', is customer', '')
      ),
      3
    ) AS unknown
  FROM win_rates
),
-- outcomes: the unknown attribute to find out first: it could change the tier
outcomes AS (
  SELECT
    in_words.*,
    CASE
      WHEN in_words.disqualified
      THEN ''
      WHEN (
        in_words.answer_4 = 2
      )
      AND (
        (
          in_words.reached <> (
            IFF((
              in_words.total100 + -132
            ) >= 732, 1, 0) + IFF((
              in_words.total100 + -132
            ) >= -308, 1, 0)
          )
        )
        OR (
          in_words.reached <> (
            IFF((
              in_words.total100 + 268
            ) >= 732, 1, 0) + IFF((
              in_words.total100 + 268
            ) >= -308, 1, 0)
          )
        )
      )
      THEN 'about'
      WHEN (
        in_words.answer_0 = 2
      )
      AND (
        (
          in_words.reached <> (
            IFF((
              in_words.total100 + -99
            ) >= 732, 1, 0) + IFF((
              in_words.total100 + -99
            ) >= -308, 1, 0)
          )
        )
        OR (
          in_words.reached <> (
            IFF((
              in_words.total100 + 201
            ) >= 732, 1, 0) + IFF((
              in_words.total100 + 201
            ) >= -308, 1, 0)
          )
        )
      )
      THEN 'employees'
      WHEN (
        (
          in_words.answer_2 = 2
        ) OR (
          in_words.answer_3 = 2
        )
      )
      AND (
        (
          in_words.reached <> (
            IFF((
              in_words.total100 + -99
            ) >= 732, 1, 0) + IFF((
              in_words.total100 + -99
            ) >= -308, 1, 0)
          )
        )
        OR (
          in_words.reached <> (
            IFF((
              in_words.total100 + 201
            ) >= 732, 1, 0) + IFF((
              in_words.total100 + 201
            ) >= -308, 1, 0)
          )
        )
      )
      THEN 'technologies'
      WHEN (
        in_words.answer_6 = 2
      )
      AND (
        (
          in_words.reached <> (
            IFF((
              in_words.total100 + -201
            ) >= 732, 1, 0) + IFF((
              in_words.total100 + -201
            ) >= -308, 1, 0)
          )
        )
        OR (
          in_words.reached <> (
            IFF((
              in_words.total100 + 99
            ) >= 732, 1, 0) + IFF((
              in_words.total100 + 99
            ) >= -308, 1, 0)
          )
        )
      )
      THEN 'city'
      WHEN (
        in_words.answer_1 = 2
      )
      AND (
        (
          in_words.reached <> (
            IFF((
              in_words.total100 + -66
            ) >= 732, 1, 0) + IFF((
              in_words.total100 + -66
            ) >= -308, 1, 0)
          )
        )
        OR (
          in_words.reached <> (
            IFF((
              in_words.total100 + 134
            ) >= 732, 1, 0) + IFF((
              in_words.total100 + 134
            ) >= -308, 1, 0)
          )
        )
      )
      THEN 'industry'
      WHEN (
        in_words.answer_5 = 2
      )
      AND (
        (
          in_words.reached <> (
            IFF((
              in_words.total100 + -33
            ) >= 732, 1, 0) + IFF((
              in_words.total100 + -33
            ) >= -308, 1, 0)
          )
        )
        OR (
          in_words.reached <> (
            IFF((
              in_words.total100 + 67
            ) >= 732, 1, 0) + IFF((
              in_words.total100 + 67
            ) >= -308, 1, 0)
          )
        )
      )
      THEN 'raised_on'
      WHEN (
        in_words.answer_7 = 2
      ) AND (
        in_words.answer_7 = 2
      )
      THEN 'country'
      WHEN (
        in_words.answer_8 = 2
      ) AND (
        in_words.answer_8 = 2
      )
      THEN 'is_customer'
      ELSE ''
    END AS enrich_next
  FROM in_words
),
-- coded: each company, and the number of its combination
coded AS (
  SELECT
    answers.id,
    CAST(answers.answer_0 AS BIGINT) + (
      CAST(answers.answer_1 AS BIGINT) * 3
    ) + (
      CAST(answers.answer_2 AS BIGINT) * 9
    ) + (
      CAST(answers.answer_3 AS BIGINT) * 27
    ) + (
      CAST(answers.answer_4 AS BIGINT) * 81
    ) + (
      CAST(answers.answer_5 AS BIGINT) * 243
    ) + (
      CAST(answers.answer_6 AS BIGINT) * 729
    ) + (
      CAST(answers.answer_7 AS BIGINT) * 2187
    ) + (
      CAST(answers.answer_8 AS BIGINT) * 6561
    ) AS code_0
  FROM answers
)
-- scores: each company with what its combination comes to
SELECT
  coded.id,
  outcomes.fit,
  outcomes.fit_low,
  outcomes.fit_high,
  outcomes.win_rate,
  outcomes.win_rate_low,
  outcomes.win_rate_high,
  outcomes.tier,
  outcomes.reasons,
  outcomes.against,
  outcomes.unknown,
  outcomes.enrich_next
FROM coded
LEFT OUTER JOIN outcomes
  ON coded.code_0 = outcomes.code_0
