# Latent classes of three raters' answers in reviews.csv, gaps and all, and of Goodman's four questions. The likelihood is climbed by
# optim (BFGS, its gradient written out) in logits, not by the EM algorithm of the product, from many beginnings, record by record.
#     python -m tests.references.run classes.R
all <- read.csv("reviews.csv")
softmax <- function(x) exp(x - max(x)) / sum(exp(x - max(x)))
unpacked <- function(eta, k, sizes) {
  shares <- softmax(c(0, eta[seq_len(k - 1)])); at <- k - 1; chances <- list()
  for (j in seq_along(sizes)) {
    m <- matrix(eta[at + seq_len(k * (sizes[j] - 1))], k); at <- at + k * (sizes[j] - 1)
    chances[[j]] <- t(apply(cbind(0, m), 1, softmax))
  }
  list(shares = shares, chances = chances)
}
joint <- function(at, x) {
  found <- matrix(rep(log(at$shares), each = nrow(x)), nrow(x))
  for (j in seq_len(ncol(x))) { known <- !is.na(x[, j]); found[known, ] <- found[known, ] + t(log(at$chances[[j]]))[x[known, j], ] }
  found
}
height <- function(eta, k, sizes, x, n) { l <- joint(unpacked(eta, k, sizes), x); top <- apply(l, 1, max); sum(n * (top + log(rowSums(exp(l - top))))) }
slope <- function(eta, k, sizes, x, n) {
  at <- unpacked(eta, k, sizes); l <- joint(at, x); top <- apply(l, 1, max); falls <- n * exp(l - top) / rowSums(exp(l - top))
  found <- (colSums(falls) - sum(n) * at$shares)[-1]
  for (j in seq_len(ncol(x))) {
    known <- !is.na(x[, j]); given <- sapply(seq_len(sizes[j]), function(a) colSums(falls[known & x[, j] == a, , drop = FALSE]))
    found <- c(found, as.vector((matrix(given, k) - colSums(falls[known, , drop = FALSE]) * at$chances[[j]])[, -1]))
  }
  found
}
fitted <- function(x, n, sizes, k, starts) {
  set.seed(1); best <- NULL
  for (one in seq_len(starts)) {
    begun <- rnorm(k - 1 + k * sum(sizes - 1))
    found <- optim(begun, height, slope, k = k, sizes = sizes, x = x, n = n, method = "BFGS", control = list(fnscale = -1, maxit = 5000, reltol = 1e-16))
    if (is.null(best) || found$value > best$value) best <- found
  }
  for (again in 1:3) best <- optim(best$par, height, slope, k = k, sizes = sizes, x = x, n = n, method = "BFGS", control = list(fnscale = -1, maxit = 5000, reltol = 1e-16))
  at <- unpacked(best$par, k, sizes); l <- joint(at, x); falls <- exp(l - apply(l, 1, max)); falls <- falls / rowSums(falls)
  entropy <- if (k == 1) NA else 1 + sum(n * falls * log(pmax(falls, 1e-300))) / (sum(n) * log(k))
  order <- order(-at$shares)
  list(height = best$value, parameters = length(best$par), bic = log(sum(n)) * length(best$par) - 2 * best$value, entropy = entropy,
       shares = at$shares[order], chances = lapply(at$chances, function(one) one[order, , drop = FALSE]))
}
numbers <- function(values) paste0("[", paste(sprintf("%.15g", values), collapse = ", "), "]")
line <- function(name, values) cat(sprintf("  \"%s\": %s,\n", name, numbers(values)))

cat("{\n")
x <- as.matrix(all[, c("first.rater", "second.rater", "third.rater")]); x <- x[rowSums(!is.na(x)) > 0, ]
for (k in 2:4) {
  found <- fitted(x, rep(1, nrow(x)), c(4, 4, 4), k, 40)
  line(sprintf("raters-%d", k), c(found$height, found$parameters, found$bic, found$entropy))
  line(sprintf("raters-%d-shares", k), found$shares)
  for (j in 1:3) line(sprintf("raters-%d-chances-%d", k, j), t(found$chances[[j]]))
}
questions <- as.matrix(expand.grid(1:2, 1:2, 1:2, 1:2)[, 4:1]); n <- c(42, 23, 6, 25, 6, 24, 7, 38, 1, 4, 1, 6, 2, 9, 2, 20)
found <- fitted(questions, n, c(2, 2, 2, 2), 2, 10)
line("goodman", c(found$height, found$parameters, found$bic, found$entropy)); line("goodman-shares", found$shares)
for (j in 1:4) line(sprintf("goodman-chances-%d", j), t(found$chances[[j]]))
cat(sprintf("  \"program\": \"%s\"\n}\n", R.version.string))
