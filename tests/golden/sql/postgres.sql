-- every kind
WITH
-- cells: each company, and the cells that tests read, each read once; NULL where there is nothing to read (OFFSET 0: once, not for each use)
cells AS (
  SELECT
    companies."id",
    CAST(companies."employees" AS DOUBLE PRECISION) AS "cell_0", /* employees, as a number */
    NULLIF(LOWER(TRIM(E' \x09\x0a\x0d\x0b\x0c' FROM companies."industry")), '') AS "cell_1", /* industry, as words */
    NULLIF(LOWER(TRIM(E' \x09\x0a\x0d\x0b\x0c' FROM companies."technologies")), '') AS "cell_2", /* technologies, as words */
    NULLIF(LOWER(TRIM(E' \x09\x0a\x0d\x0b\x0c' FROM companies."about")), '') AS "cell_3", /* about, as words */
    companies."raised_on" AS "cell_4", /* raised_on, as a day */
    NULLIF(LOWER(TRIM(E' \x09\x0a\x0d\x0b\x0c' FROM companies."city")), '') AS "cell_5", /* city, as words */
    NULLIF(LOWER(TRIM(E' \x09\x0a\x0d\x0b\x0c' FROM companies."country")), '') AS "cell_6", /* country, as words */
    companies."is_customer" AS "cell_7" /* is_customer, as true or false */
  FROM analytics.companies AS companies
  OFFSET 0
),
-- tests: each company, and what each test of the profile holds of it: true, false, or NULL where unknown
tests AS (
  SELECT
    "cells"."id",
    (
      "cells"."cell_0" >= CAST('40.0' AS DOUBLE PRECISION)
    )
    AND (
      "cells"."cell_0" < CAST('250.0' AS DOUBLE PRECISION)
    ) AS "answer_0", /* employees between 40 and 249 */
    (
      "cells"."cell_1" = 'software'
    ) OR (
      "cells"."cell_1" = 'fintech'
    ) AS "answer_1", /* industry is Software or Fintech */
    CASE
      WHEN "cells"."cell_2" IS NULL
      THEN CAST(NULL AS BOOLEAN)
      WHEN POSITION('salesforce' IN "cells"."cell_2") > 0
      THEN "cells"."cell_2" ~ '(^|[;|,])[ \t\n\r\f ]*(salesforce)[ \t\n\r\f ]*($|[;|,])'
      ELSE FALSE
    END AS "answer_2", /* uses Salesforce */
    NOT (
      CASE
        WHEN "cells"."cell_2" IS NULL
        THEN CAST(NULL AS BOOLEAN)
        WHEN POSITION('hubspot' IN "cells"."cell_2") > 0
        THEN "cells"."cell_2" ~ '(^|[;|,])[ \t\n\r\f ]*(hubspot)[ \t\n\r\f ]*($|[;|,])'
        ELSE FALSE
      END
    ) AS "answer_3", /* does not use HubSpot */
    CASE
      WHEN "cells"."cell_3" IS NULL
      THEN CAST(NULL AS BOOLEAN)
      WHEN POSITION('sales' IN "cells"."cell_3") > 0
      THEN "cells"."cell_3" ~ '(^|[^0-9A-Za-z_À-ÖØ-öø-῿])(head[ \t\n\r\f ]+of[ \t\n\r\f ]+sales)($|[^0-9A-Za-z_À-ÖØ-öø-῿])'
      ELSE FALSE
    END AS "answer_4", /* about mentions "head of sales" */
    CASE
      WHEN "cells"."cell_4" >= CURRENT_DATE + 1
      THEN CAST(NULL AS BOOLEAN)
      ELSE "cells"."cell_4" >= CURRENT_DATE + -365
    END AS "answer_5", /* raised in the last year */
    (
      "cells"."cell_5" = 'zürich'
    ) OR (
      "cells"."cell_5" = 'zÜrich'
    ) AS "answer_6", /* city is Zürich */
    NOT (
      (
        "cells"."cell_6" = 'us'
      ) OR (
        "cells"."cell_6" = 'gb'
      )
    ) AS "answer_7", /* country is neither US nor GB */
    "cells"."cell_7" = TRUE AS "answer_8" /* is customer is yes */
  FROM "cells"
),
-- answers: the same in whole numbers: 0 no, 1 yes, 2 unknown
answers AS (
  SELECT
    "tests"."id",
    COALESCE(CAST("tests"."answer_0" AS INT), 2) AS "answer_0",
    COALESCE(CAST("tests"."answer_1" AS INT), 2) AS "answer_1",
    COALESCE(CAST("tests"."answer_2" AS INT), 2) AS "answer_2",
    COALESCE(CAST("tests"."answer_3" AS INT), 2) AS "answer_3",
    COALESCE(CAST("tests"."answer_4" AS INT), 2) AS "answer_4",
    COALESCE(CAST("tests"."answer_5" AS INT), 2) AS "answer_5",
    COALESCE(CAST("tests"."answer_6" AS INT), 2) AS "answer_6",
    COALESCE(CAST("tests"."answer_7" AS INT), 2) AS "answer_7",
    COALESCE(CAST("tests"."answer_8" AS INT), 2) AS "answer_8"
  FROM "tests"
),
-- vectors: every combination of answers once, and its number; all that follows is worked out once for each
vectors AS (
  SELECT
    "part_1"."code_0",
    MAX("part_1"."answer_0") AS "answer_0",
    MAX("part_1"."answer_1") AS "answer_1",
    MAX("part_1"."answer_2") AS "answer_2",
    MAX("part_1"."answer_3") AS "answer_3",
    MAX("part_1"."answer_4") AS "answer_4",
    MAX("part_1"."answer_5") AS "answer_5",
    MAX("part_1"."answer_6") AS "answer_6",
    MAX("part_1"."answer_7") AS "answer_7",
    MAX("part_1"."answer_8") AS "answer_8"
  FROM (
    SELECT
      "answers".*,
      CAST("answers"."answer_0" AS BIGINT) + (
        CAST("answers"."answer_1" AS BIGINT) * 3
      ) + (
        CAST("answers"."answer_2" AS BIGINT) * 9
      ) + (
        CAST("answers"."answer_3" AS BIGINT) * 27
      ) + (
        CAST("answers"."answer_4" AS BIGINT) * 81
      ) + (
        CAST("answers"."answer_5" AS BIGINT) * 243
      ) + (
        CAST("answers"."answer_6" AS BIGINT) * 729
      ) + (
        CAST("answers"."answer_7" AS BIGINT) * 2187
      ) + (
        CAST("answers"."answer_8" AS BIGINT) * 6561
      ) AS "code_0"
    FROM "answers"
  ) AS "part_1"
  GROUP BY
    1
),
-- totals: points: total100 in hundredths (an unknown counts for its share of yes), then at worst and at best
totals AS (
  SELECT
    "vectors".*,
    CASE
      WHEN "vectors"."answer_0" = 2
      THEN 99
      WHEN "vectors"."answer_0" = 1
      THEN 300
      ELSE 0
    END + CASE
      WHEN "vectors"."answer_1" = 2
      THEN 66
      WHEN "vectors"."answer_1" = 1
      THEN 200
      ELSE 0
    END + CASE
      WHEN (
        "vectors"."answer_2" = 2
      ) OR (
        "vectors"."answer_3" = 2
      )
      THEN 99
      ELSE (
        CASE WHEN "vectors"."answer_2" = 1 THEN 2 ELSE 0 END + CASE WHEN "vectors"."answer_3" = 1 THEN 1 ELSE 0 END
      ) * 100
    END + CASE
      WHEN "vectors"."answer_4" = 2
      THEN 132
      WHEN "vectors"."answer_4" = 1
      THEN 400
      ELSE 0
    END + CASE
      WHEN "vectors"."answer_5" = 2
      THEN 33
      WHEN "vectors"."answer_5" = 1
      THEN 100
      ELSE 0
    END + CASE
      WHEN "vectors"."answer_6" = 2
      THEN -99
      WHEN "vectors"."answer_6" = 1
      THEN -300
      ELSE 0
    END AS "total100",
    CASE
      WHEN "vectors"."answer_0" = 2
      THEN 0
      WHEN "vectors"."answer_0" = 1
      THEN 3
      ELSE 0
    END + CASE
      WHEN "vectors"."answer_1" = 2
      THEN 0
      WHEN "vectors"."answer_1" = 1
      THEN 2
      ELSE 0
    END + CASE
      WHEN (
        "vectors"."answer_2" = 2
      ) OR (
        "vectors"."answer_3" = 2
      )
      THEN 0
      ELSE CASE WHEN "vectors"."answer_2" = 1 THEN 2 ELSE 0 END + CASE WHEN "vectors"."answer_3" = 1 THEN 1 ELSE 0 END
    END + CASE
      WHEN "vectors"."answer_4" = 2
      THEN 0
      WHEN "vectors"."answer_4" = 1
      THEN 4
      ELSE 0
    END + CASE
      WHEN "vectors"."answer_5" = 2
      THEN 0
      WHEN "vectors"."answer_5" = 1
      THEN 1
      ELSE 0
    END + CASE
      WHEN "vectors"."answer_6" = 2
      THEN -3
      WHEN "vectors"."answer_6" = 1
      THEN -3
      ELSE 0
    END AS "total_low",
    CASE
      WHEN "vectors"."answer_0" = 2
      THEN 3
      WHEN "vectors"."answer_0" = 1
      THEN 3
      ELSE 0
    END + CASE
      WHEN "vectors"."answer_1" = 2
      THEN 2
      WHEN "vectors"."answer_1" = 1
      THEN 2
      ELSE 0
    END + CASE
      WHEN (
        "vectors"."answer_2" = 2
      ) OR (
        "vectors"."answer_3" = 2
      )
      THEN 3
      ELSE CASE WHEN "vectors"."answer_2" = 1 THEN 2 ELSE 0 END + CASE WHEN "vectors"."answer_3" = 1 THEN 1 ELSE 0 END
    END + CASE
      WHEN "vectors"."answer_4" = 2
      THEN 4
      WHEN "vectors"."answer_4" = 1
      THEN 4
      ELSE 0
    END + CASE
      WHEN "vectors"."answer_5" = 2
      THEN 1
      WHEN "vectors"."answer_5" = 1
      THEN 1
      ELSE 0
    END + CASE
      WHEN "vectors"."answer_6" = 2
      THEN 0
      WHEN "vectors"."answer_6" = 1
      THEN -3
      ELSE 0
    END AS "total_high",
    (
      "vectors"."answer_7" = 1
    ) OR (
      "vectors"."answer_8" = 1
    ) AS "disqualified",
    (
      "vectors"."answer_7" = 2
    ) OR (
      "vectors"."answer_8" = 2
    ) AS "in_doubt"
  FROM "vectors"
),
-- fits: points as a fit from 0 to 100, whole numbers only, halves up; with its worst and best case
fits AS (
  SELECT
    "totals".*,
    CASE
      WHEN "totals"."disqualified"
      THEN 0
      ELSE GREATEST(
        0,
        LEAST(
          100,
          CAST(FLOOR(
            CAST((
              (
                "totals"."total100" * 200
              ) + 61600
            ) AS DOUBLE PRECISION) / (
              3200
            )
          ) AS BIGINT)
        )
      )
    END AS "fit",
    CASE
      WHEN "totals"."disqualified" OR "totals"."in_doubt"
      THEN 0
      ELSE GREATEST(
        0,
        LEAST(
          100,
          CAST(FLOOR(
            CAST((
              (
                "totals"."total_low" * 100 * 200
              ) + 61600
            ) AS DOUBLE PRECISION) / (
              3200
            )
          ) AS BIGINT)
        )
      )
    END AS "fit_low",
    CASE
      WHEN "totals"."disqualified"
      THEN 0
      ELSE GREATEST(
        0,
        LEAST(
          100,
          CAST(FLOOR(
            CAST((
              (
                "totals"."total_high" * 100 * 200
              ) + 61600
            ) AS DOUBLE PRECISION) / (
              3200
            )
          ) AS BIGINT)
        )
      )
    END AS "fit_high"
  FROM "totals"
),
-- tiers: the first tier that the fit reaches
tiers AS (
  SELECT
    "fits".*,
    CASE
      WHEN "fits"."disqualified"
      THEN 'disqualified'
      ELSE CASE
        WHEN "fits"."fit" >= 65
        THEN 'it''s "A"'
        WHEN "fits"."fit" >= 0
        THEN 'B'
        ELSE 'no tier'
      END
    END AS "tier",
    CASE WHEN "fits"."total100" >= 732 THEN 1 ELSE 0 END + CASE WHEN "fits"."total100" >= -308 THEN 1 ELSE 0 END AS "reached"
  FROM "fits"
),
-- win_rates: the win rate of the fit's band, and the widest interval of the bands the unknown spans
win_rates AS (
  SELECT
    "tiers".*,
    CASE
      WHEN "tiers"."fit" BETWEEN 0 AND 49
      THEN CAST('0.1' AS DOUBLE PRECISION)
      WHEN "tiers"."fit" BETWEEN 50 AND 100
      THEN CAST('0.6666666666666666' AS DOUBLE PRECISION)
      ELSE NULL
    END AS "win_rate",
    CASE
      WHEN (
        "tiers"."fit_low" <= 100
      ) AND (
        "tiers"."fit_high" >= 50
      )
      THEN CAST('0.05' AS DOUBLE PRECISION)
      WHEN (
        "tiers"."fit_low" <= 49
      ) AND (
        "tiers"."fit_high" >= 0
      )
      THEN CAST('0.30000000000000004' AS DOUBLE PRECISION)
      ELSE NULL
    END AS "win_rate_low",
    CASE
      WHEN (
        "tiers"."fit_low" <= 100
      ) AND (
        "tiers"."fit_high" >= 50
      )
      THEN CAST('0.9' AS DOUBLE PRECISION)
      WHEN (
        "tiers"."fit_low" <= 49
      ) AND (
        "tiers"."fit_high" >= 0
      )
      THEN CAST('0.3333333333333333' AS DOUBLE PRECISION)
      ELSE NULL
    END AS "win_rate_high"
  FROM "tiers"
),
-- in_words: what speaks for a company, what against it, and what is unknown, in words
in_words AS (
  SELECT
    "win_rates".*,
    SUBSTRING(CASE
      WHEN "win_rates"."answer_0" = 1
      THEN '; employees between 40 and 249 (+3)'
      ELSE ''
    END || CASE
      WHEN "win_rates"."answer_1" = 1
      THEN '; industry is Software or Fintech (+2)'
      ELSE ''
    END || CASE WHEN "win_rates"."answer_2" = 1 THEN '; uses Salesforce (+2)' ELSE '' END || CASE WHEN "win_rates"."answer_3" = 1 THEN '; does not use HubSpot (+1)' ELSE '' END || CASE
      WHEN "win_rates"."answer_4" = 1
      THEN '; about mentions "head of sales" (+4)'
      ELSE ''
    END || CASE
      WHEN "win_rates"."answer_5" = 1
      THEN '; raised in the last year (+1)'
      ELSE ''
    END FROM 3) AS "reasons",
    SUBSTRING(CASE
      WHEN "win_rates"."answer_7" = 1
      THEN '; disqualified: country is neither US nor GB'
      ELSE ''
    END || CASE
      WHEN "win_rates"."answer_8" = 1
      THEN '; disqualified: is customer is yes'
      ELSE ''
    END || CASE
      WHEN "win_rates"."answer_0" = 0
      THEN '; employees not between 40 and 249 (0 of 3)'
      ELSE ''
    END || CASE
      WHEN "win_rates"."answer_1" = 0
      THEN '; industry is neither Software nor Fintech (0 of 2)'
      ELSE ''
    END || CASE
      WHEN (
        "win_rates"."answer_2" = 0
      )
      AND (
        (
          CASE WHEN "win_rates"."answer_2" = 1 THEN 2 ELSE 0 END + CASE WHEN "win_rates"."answer_3" = 1 THEN 1 ELSE 0 END
        ) < 3
      )
      THEN '; does not use Salesforce (0 of 2)'
      ELSE ''
    END || CASE
      WHEN (
        "win_rates"."answer_3" = 0
      )
      AND (
        (
          CASE WHEN "win_rates"."answer_2" = 1 THEN 2 ELSE 0 END + CASE WHEN "win_rates"."answer_3" = 1 THEN 1 ELSE 0 END
        ) < 3
      )
      THEN '; uses HubSpot (0 of 1)'
      ELSE ''
    END || CASE
      WHEN "win_rates"."answer_4" = 0
      THEN '; about does not mention "head of sales" (0 of 4)'
      ELSE ''
    END || CASE
      WHEN "win_rates"."answer_5" = 0
      THEN '; raised more than 1 year ago (0 of 1)'
      ELSE ''
    END || CASE WHEN "win_rates"."answer_6" = 1 THEN '; city is Zürich (-3)' ELSE '' END FROM 3) AS "against",
    SUBSTRING(CASE WHEN "win_rates"."answer_0" = 2 THEN ', employees' ELSE '' END || CASE WHEN "win_rates"."answer_1" = 2 THEN ', industry' ELSE '' END || CASE
      WHEN (
        "win_rates"."answer_2" = 2
      ) OR (
        "win_rates"."answer_3" = 2
      )
      THEN ', technologies'
      ELSE ''
    END || CASE WHEN "win_rates"."answer_4" = 2 THEN ', about' ELSE '' END || CASE WHEN "win_rates"."answer_5" = 2 THEN ', raised on' ELSE '' END || CASE WHEN "win_rates"."answer_6" = 2 THEN ', city' ELSE '' END || CASE WHEN "win_rates"."answer_7" = 2 THEN ', country' ELSE '' END || CASE WHEN "win_rates"."answer_8" = 2 THEN ', is customer' ELSE '' END FROM 3) AS "unknown"
  FROM "win_rates"
),
-- outcomes: the unknown attribute to find out first: it could change the tier
outcomes AS (
  SELECT
    "in_words".*,
    CASE
      WHEN "in_words"."disqualified"
      THEN ''
      WHEN (
        "in_words"."answer_4" = 2
      )
      AND (
        (
          "in_words"."reached" <> (
            CASE WHEN (
              "in_words"."total100" + -132
            ) >= 732 THEN 1 ELSE 0 END + CASE WHEN (
              "in_words"."total100" + -132
            ) >= -308 THEN 1 ELSE 0 END
          )
        )
        OR (
          "in_words"."reached" <> (
            CASE WHEN (
              "in_words"."total100" + 268
            ) >= 732 THEN 1 ELSE 0 END + CASE WHEN (
              "in_words"."total100" + 268
            ) >= -308 THEN 1 ELSE 0 END
          )
        )
      )
      THEN 'about'
      WHEN (
        "in_words"."answer_0" = 2
      )
      AND (
        (
          "in_words"."reached" <> (
            CASE WHEN (
              "in_words"."total100" + -99
            ) >= 732 THEN 1 ELSE 0 END + CASE WHEN (
              "in_words"."total100" + -99
            ) >= -308 THEN 1 ELSE 0 END
          )
        )
        OR (
          "in_words"."reached" <> (
            CASE WHEN (
              "in_words"."total100" + 201
            ) >= 732 THEN 1 ELSE 0 END + CASE WHEN (
              "in_words"."total100" + 201
            ) >= -308 THEN 1 ELSE 0 END
          )
        )
      )
      THEN 'employees'
      WHEN (
        (
          "in_words"."answer_2" = 2
        ) OR (
          "in_words"."answer_3" = 2
        )
      )
      AND (
        (
          "in_words"."reached" <> (
            CASE WHEN (
              "in_words"."total100" + -99
            ) >= 732 THEN 1 ELSE 0 END + CASE WHEN (
              "in_words"."total100" + -99
            ) >= -308 THEN 1 ELSE 0 END
          )
        )
        OR (
          "in_words"."reached" <> (
            CASE WHEN (
              "in_words"."total100" + 201
            ) >= 732 THEN 1 ELSE 0 END + CASE WHEN (
              "in_words"."total100" + 201
            ) >= -308 THEN 1 ELSE 0 END
          )
        )
      )
      THEN 'technologies'
      WHEN (
        "in_words"."answer_6" = 2
      )
      AND (
        (
          "in_words"."reached" <> (
            CASE WHEN (
              "in_words"."total100" + -201
            ) >= 732 THEN 1 ELSE 0 END + CASE WHEN (
              "in_words"."total100" + -201
            ) >= -308 THEN 1 ELSE 0 END
          )
        )
        OR (
          "in_words"."reached" <> (
            CASE WHEN (
              "in_words"."total100" + 99
            ) >= 732 THEN 1 ELSE 0 END + CASE WHEN (
              "in_words"."total100" + 99
            ) >= -308 THEN 1 ELSE 0 END
          )
        )
      )
      THEN 'city'
      WHEN (
        "in_words"."answer_1" = 2
      )
      AND (
        (
          "in_words"."reached" <> (
            CASE WHEN (
              "in_words"."total100" + -66
            ) >= 732 THEN 1 ELSE 0 END + CASE WHEN (
              "in_words"."total100" + -66
            ) >= -308 THEN 1 ELSE 0 END
          )
        )
        OR (
          "in_words"."reached" <> (
            CASE WHEN (
              "in_words"."total100" + 134
            ) >= 732 THEN 1 ELSE 0 END + CASE WHEN (
              "in_words"."total100" + 134
            ) >= -308 THEN 1 ELSE 0 END
          )
        )
      )
      THEN 'industry'
      WHEN (
        "in_words"."answer_5" = 2
      )
      AND (
        (
          "in_words"."reached" <> (
            CASE WHEN (
              "in_words"."total100" + -33
            ) >= 732 THEN 1 ELSE 0 END + CASE WHEN (
              "in_words"."total100" + -33
            ) >= -308 THEN 1 ELSE 0 END
          )
        )
        OR (
          "in_words"."reached" <> (
            CASE WHEN (
              "in_words"."total100" + 67
            ) >= 732 THEN 1 ELSE 0 END + CASE WHEN (
              "in_words"."total100" + 67
            ) >= -308 THEN 1 ELSE 0 END
          )
        )
      )
      THEN 'raised_on'
      WHEN (
        "in_words"."answer_7" = 2
      ) AND (
        "in_words"."answer_7" = 2
      )
      THEN 'country'
      WHEN (
        "in_words"."answer_8" = 2
      ) AND (
        "in_words"."answer_8" = 2
      )
      THEN 'is_customer'
      ELSE ''
    END AS "enrich_next"
  FROM "in_words"
),
-- coded: each company, and the number of its combination (OFFSET 0: once, not for each use)
coded AS (
  SELECT
    "answers"."id",
    CAST("answers"."answer_0" AS BIGINT) + (
      CAST("answers"."answer_1" AS BIGINT) * 3
    ) + (
      CAST("answers"."answer_2" AS BIGINT) * 9
    ) + (
      CAST("answers"."answer_3" AS BIGINT) * 27
    ) + (
      CAST("answers"."answer_4" AS BIGINT) * 81
    ) + (
      CAST("answers"."answer_5" AS BIGINT) * 243
    ) + (
      CAST("answers"."answer_6" AS BIGINT) * 729
    ) + (
      CAST("answers"."answer_7" AS BIGINT) * 2187
    ) + (
      CAST("answers"."answer_8" AS BIGINT) * 6561
    ) AS "code_0"
  FROM "answers"
  OFFSET 0
)
-- scores: each company with what its combination comes to
SELECT
  "coded"."id",
  "outcomes"."fit",
  "outcomes"."fit_low",
  "outcomes"."fit_high",
  "outcomes"."win_rate",
  "outcomes"."win_rate_low",
  "outcomes"."win_rate_high",
  "outcomes"."tier",
  "outcomes"."reasons",
  "outcomes"."against",
  "outcomes"."unknown",
  "outcomes"."enrich_next"
FROM "coded"
LEFT OUTER JOIN "outcomes"
  ON "coded"."code_0" = "outcomes"."code_0"
