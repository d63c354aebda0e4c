plugins {
    java
}

val cnnkitVersion = "1.0.0"

repositories {
    mavenLocal() // where ./mvnw install puts cnnkit
    mavenCentral()
}

dependencies {
    implementation("io.github.cnnkit:cnnkit:$cnnkitVersion")
    testImplementation(platform("org.junit:junit-bom:5.14.4"))
    testImplementation("org.junit.jupiter:junit-jupiter")
    testRuntimeOnly("org.junit.platform:junit-platform-launcher")
}

tasks.withType<JavaCompile> {
    options.release.set(17)
    options.encoding = "UTF-8"
}

tasks.test {
    useJUnitPlatform()
    testLogging.exceptionFormat = org.gradle.api.tasks.testing.logging.TestExceptionFormat.FULL
}
