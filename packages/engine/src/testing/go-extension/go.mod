module mayfly.test/extension

go 1.21
