rootProject.name = "my-homework"
