"""The algorithms instance by instance: our result, bound, proof, seconds and memory beside targets and peers."""
