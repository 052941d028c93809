# Measures of agreement of tests/references/agreement.csv, written out in R from their definitions, pair by pair and record by record.
#     Rscript agreement.R > agreement.json
said <- as.matrix(read.csv("agreement.csv"))
q <- 4
several <- rowSums(!is.na(said)) > 1
line <- function(name, values) cat(sprintf("  \"%s\": [%s],\n", name, paste(sprintf("%.15g", values), collapse = ", ")))

# Krippendorff's alpha from the matrix of coincidences.
coincidences <- matrix(0, q, q)
for (row in which(several)) {
  given <- na.omit(said[row, ])
  for (i in seq_along(given)) for (j in seq_along(given)) if (i != j) {
    coincidences[given[i], given[j]] <- coincidences[given[i], given[j]] + 1 / (length(given) - 1)
  }
}
totals <- rowSums(coincidences)
distance <- list(
  nominal = function(c, k) as.numeric(c != k),
  interval = function(c, k) (c - k)^2,
  ordinal = function(c, k) { span <- totals[min(c, k):max(c, k)]; (sum(span) - (totals[c] + totals[k]) / 2)^2 }
)
alpha <- function(far) {
  apart <- outer(1:q, 1:q, Vectorize(far))
  1 - (sum(totals) - 1) * sum(coincidences * apart) / sum(outer(totals, totals) * apart)
}

# Cohen's kappa of the first two coders, with the standard error of Fleiss, Cohen and Everitt, cell by cell.
kappa <- function(w) {
  both <- said[!is.na(said[, 1]) & !is.na(said[, 2]), 1:2]
  p <- matrix(0, q, q)
  for (row in seq_len(nrow(both))) p[both[row, 1], both[row, 2]] <- p[both[row, 1], both[row, 2]] + 1 / nrow(both)
  first <- rowSums(p); second <- colSums(p)
  seen <- sum(w * p); chance <- sum(w * outer(first, second)); spread <- 0
  for (i in 1:q) for (j in 1:q) {
    means <- sum(w[i, ] * second) + sum(w[, j] * first)
    spread <- spread + p[i, j] * (w[i, j] * (1 - chance) - means * (1 - seen))^2
  }
  spread <- spread - (seen * chance - 2 * chance + seen)^2
  c((seen - chance) / (1 - chance), sqrt(spread / (nrow(both) * (1 - chance)^4)))
}

# Gwet's AC and Fleiss' kappa with Gwet's variance, record by record.
corrected <- function(rows, w, kind) {
  tallies <- t(apply(said[rows, ], 1, function(given) tabulate(na.omit(given), q)))
  coders <- rowSums(tallies); n <- nrow(tallies); twice <- sum(coders > 1)
  share <- colMeans(tallies / coders)
  chance <- if (kind == "gwet") sum(w) / (q * (q - 1)) * sum(share * (1 - share)) else sum(share^2)
  seen <- sapply(1:n, function(i) {
    r <- tallies[i, ]
    if (coders[i] > 1) sum(r * (drop(w %*% r) - 1)) / (coders[i] * (coders[i] - 1)) else 0
  })
  value <- (sum(seen) / twice - chance) / (1 - chance)
  own <- sapply(1:n, function(i) {
    one <- if (coders[i] > 1) n / twice * (seen[i] - chance) / (1 - chance) else 0
    lent <- if (kind == "gwet") sum(w) / (q * (q - 1)) * sum(tallies[i, ] * (1 - share)) / coders[i]
            else sum(tallies[i, ] * share) / coders[i]
    one - 2 * (1 - value) * (lent - chance) / (1 - chance)
  })
  c(value, sqrt(sum((own - value)^2) / (n * (n - 1))))
}

steps <- abs(outer(1:q, 1:q, "-"))
cat("{\n")
line("alpha-nominal", alpha(distance$nominal)); line("alpha-ordered", alpha(distance$ordinal)); line("alpha-number", alpha(distance$interval))
line("kappa", kappa(diag(q))); line("kappa-linear", kappa(1 - steps / (q - 1))); line("kappa-quadratic", kappa(1 - (steps / (q - 1))^2))
every <- rowSums(!is.na(said)) > 0
line("fleiss-kappa", corrected(several, diag(q), "fleiss"))
line("gwet-ac1", corrected(every, diag(q), "gwet"))
line("gwet-ac2-ordered", corrected(every, 1 - choose(steps + 1, 2) / choose(q, 2), "gwet"))
line("gwet-ac2-number", corrected(every, 1 - (steps / (q - 1))^2, "gwet"))
cat(sprintf("  \"program\": \"%s\"\n}\n", R.version.string))
