# What R makes of tests/references/rates.csv, forty made-up quarters with a reform before the 23rd, and of a few counts: glm, MASS's
# glm.nb, Box.test, poisson.test; standardised rates by Fay and Feuer's formula in qgamma, related times in whole matrices.
#     Rscript rates.R > rates.json
suppressMessages(library(MASS))
quarters <- read.csv("rates.csv")
years <- quarters$time / 4; reform <- 22
x <- cbind(1, years, pmax(years - years[reform + 1], 0), as.numeric(quarters$time >= reform))
seasons <- sapply(1:3, function(one) as.numeric(quarters$time %% 4 == one))
off <- log(quarters$people)
tight <- glm.control(epsilon = 1e-15, maxit = 200)
shown <- function(...) paste0("[", paste(format(c(...), digits = 15, trim = TRUE), collapse = ", "), "]")
correlated <- function(n, rho) if (rho == 0) diag(n) else rho^abs(outer(1:n, 1:n, "-"))
zeger <- function(x, y, mu) { # spelled out with whole matrices
  n <- length(y); z <- x * sqrt(mu); r <- (y - mu) / sqrt(mu); bread <- solve(crossprod(z)); m <- diag(n) - z %*% bread %*% t(z)
  next_to <- function(of) sum(of[cbind(1:(n - 1), 2:n)]); left <- function(rho) m %*% correlated(n, rho) %*% m
  likeness <- function(rho) next_to(left(rho)) / sum(diag(left(rho)))
  seen <- sum(r[-1] * r[-n]) / sum(r^2); rho <- 0
  if (seen - likeness(0) > 1 / sqrt(n)) rho <- uniroot(function(one) likeness(one) - seen, c(0, .95), tol = 1e-15)$root
  spread <- sum(r^2) / sum(diag(left(rho))); meat <- t(z) %*% correlated(n, rho) %*% z
  c(rho, spread, sqrt(diag(bread %*% meat %*% bread * max(1, spread))))
}
said <- list()
for (name in c("plain", "wide", "related")) {
  y <- quarters[[name]]
  fit <- glm(y ~ x - 1 + offset(off), poisson, control = tight)
  mu <- fitted(fit); r <- (y - mu) / sqrt(mu); bread <- solve(crossprod(x, x * mu)); box <- Box.test(r, 8, "Ljung-Box")
  said[[paste0(name, "-estimates")]] <- shown(coef(fit))
  said[[paste0(name, "-errors")]] <- shown(sqrt(diag(bread)))
  said[[paste0(name, "-likelihood")]] <- shown(logLik(fit))
  said[[paste0(name, "-pearson")]] <- shown(sum(r^2), pchisq(sum(r^2), 36, lower.tail = FALSE))
  said[[paste0(name, "-ljung-box")]] <- shown(box$statistic, box$p.value)
  said[[paste0(name, "-durbin-watson")]] <- shown(sum(diff(r)^2) / sum(r^2))
  said[[paste0(name, "-zeger")]] <- shown(zeger(x, y, mu))
}
fit <- glm(quarters$plain ~ x + seasons - 1 + offset(off), poisson, control = tight)
said[["seasons-estimates"]] <- shown(coef(fit))
wide <- suppressWarnings(glm.nb(quarters$wide ~ x - 1 + offset(off), control = glm.control(epsilon = 1e-14, maxit = 500)))
weights <- fitted(wide) / (1 + fitted(wide) / wide$theta)
said[["nb-estimates"]] <- shown(coef(wide))
said[["nb-errors"]] <- shown(sqrt(diag(solve(crossprod(x, x * weights)))))
said[["nb-theta"]] <- shown(wide$theta)
said[["nb-likelihood"]] <- shown(logLik(wide))
quasi <- summary(glm(quarters$wide ~ x - 1 + offset(off), quasipoisson, control = tight))
said[["quasi-p"]] <- shown(quasi$coefficients[, 4])
for (count in c(0, 1, 7, 250)) said[[paste0("exact-", count)]] <- shown(poisson.test(count)$conf.int)
ratio <- poisson.test(c(41, 15), c(28010, 19017)); none <- poisson.test(c(0, 5), c(10, 20))
said[["ratio"]] <- shown(ratio$estimate, ratio$conf.int)
said[["ratio-of-none"]] <- shown(none$conf.int)
alike <- chisq.test(c(41, 15, 30), p = c(28010, 19017, 12000), rescale.p = TRUE)
said[["alike"]] <- shown(alike$statistic, alike$p.value)
counts <- c(107, 141, 60, 40, 39, 25); births <- c(230061, 329449, 114920, 39487, 14208, 3052)
standard <- c(63986.6, 186263.6, 157302.2, 97647.0, 47572.6, 12262.6); weight <- standard / sum(standard) / births
rate <- sum(weight * counts); spread <- sum(weight^2 * counts); most <- max(weight)
said[["standardised"]] <- shown(1e5 * c(rate, qgamma(.025, rate^2 / spread, scale = spread / rate),
  qgamma(.975, (rate + most)^2 / (spread + most^2), scale = (spread + most^2) / (rate + most))))
versions <- paste0('"', R.version.string, "; MASS ", packageVersion("MASS"), '"')
said[["program"]] <- versions
cat("{\n", paste0('  "', names(said), '": ', unlist(said), collapse = ",\n"), "\n}\n", sep = "")
