"""The families of jobs: titles of a career, skills, fields of study, what people in them do."""

from typing import NamedTuple


class Family(NamedTuple):
    """A family of jobs. `titles` has the titles of beginners, then of the experienced, then of leaders."""

    name: str
    area: str
    titles: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
    core: tuple[str, ...]
    extra: tuple[str, ...]
    studies: tuple[str, ...]
    deeds: tuple[str, ...]


_COMPUTING = ("Computer Science", "Software Engineering", "Applied Mathematics")
_MANAGING = ("Business Administration", "Economics", "Management")

FAMILIES = {
    family.name: family
    for family in (
        Family(
            "data engineering",
            "data pipelines and warehouses",
            (
                ("Junior Data Engineer", "ETL Developer"),
                ("Data Engineer", "Data Engineer", "Big Data Engineer", "Analytics Engineer"),
                ("Senior Data Engineer", "Lead Data Engineer", "Data Platform Engineer"),
            ),
            ("Python", "SQL", "Apache Spark", "Airflow", "dbt", "Kafka"),
            ("Snowflake", "BigQuery", "Scala", "Docker", "AWS", "Terraform", "PostgreSQL", "Data modelling"),
            _COMPUTING,
            (
                "Built batch and streaming pipelines with {a} and {b}.",
                "Moved the reporting warehouse to {a} without a day of downtime.",
                "Cut the nightly load from five hours to forty minutes using {a}.",
                "Owned the data model of orders and stock, tested with {b}.",
            ),
        ),
        Family(
            "data analysis",
            "reporting and analysis",
            (
                ("Junior Data Analyst", "Reporting Analyst"),
                ("Data Analyst", "Data Analyst", "Business Intelligence Analyst"),
                ("Senior Data Analyst", "Lead Analyst"),
            ),
            ("SQL", "Tableau", "Excel", "Python", "Statistics"),
            ("Power BI", "Looker", "R", "A/B testing", "dbt", "Data modelling", "Google Analytics"),
            ("Statistics", "Economics", "Applied Mathematics"),
            (
                "Ran the weekly dashboards in {a} that forty managers read.",
                "Explained why returns rose, with {a} and {b}, and what to do about it.",
                "Designed and read experiments on the check-out page using {b}.",
                "Taught two departments to answer their own questions with {a}.",
            ),
        ),
        Family(
            "machine learning",
            "machine learning in production",
            (
                ("Junior Data Scientist", "Research Engineer"),
                ("Machine Learning Engineer", "Data Scientist", "Machine Learning Engineer", "NLP Engineer"),
                ("Senior Machine Learning Engineer", "Lead Data Scientist"),
            ),
            ("Python", "PyTorch", "scikit-learn", "Machine learning", "SQL"),
            ("TensorFlow", "MLflow", "Docker", "Kubernetes", "NLP", "Statistics", "Apache Spark", "AWS"),
            ("Artificial Intelligence", "Applied Mathematics", "Computer Science"),
            (
                "Trained and served ranking models with {a}, watched for drift.",
                "Took a prototype in {a} to a service that answers in 30 ms.",
                "Built a forecast of demand with {b}; stock fell by a tenth.",
                "Wrote the feature store on top of {a} and {b}.",
            ),
        ),
        Family(
            "frontend",
            "web interfaces",
            (
                ("Junior Frontend Developer", "Web Developer"),
                ("Frontend Developer", "Frontend Engineer", "JavaScript Developer"),
                ("Senior Frontend Developer", "Lead Frontend Engineer"),
            ),
            ("JavaScript", "TypeScript", "React", "CSS", "HTML"),
            ("Vue.js", "Next.js", "GraphQL", "Accessibility", "Playwright", "Figma", "Node.js"),
            _COMPUTING,
            (
                "Rebuilt the booking flow in {a}; abandoned bookings fell by a fifth.",
                "Started the component library in {a}, used by six teams.",
                "Made the shop usable by keyboard and screen reader with {b}.",
                "Halved the size of the bundle and tested it with {b}.",
            ),
        ),
        Family(
            "backend",
            "services and interfaces for other programs",
            (
                ("Junior Backend Developer", "Software Developer"),
                ("Backend Developer", "Software Engineer", "Python Developer", "Full-Stack Developer"),
                ("Senior Backend Developer", "Lead Software Engineer", "Engineering Manager"),
            ),
            ("Python", "PostgreSQL", "REST APIs", "Docker", "Java"),
            ("Go", "Kubernetes", "Redis", "RabbitMQ", "Django", "Spring", "Kafka", "SQL", "AWS"),
            _COMPUTING,
            (
                "Wrote the invoicing service in {a} on {b}.",
                "Split the monolith along its seams, beginning with {a}.",
                "Kept the payment interface answering through two peaks a year with {b}.",
                "Introduced contract tests for everything that speaks {b}.",
            ),
        ),
        Family(
            "devops",
            "platforms and operations",
            (
                ("Junior DevOps Engineer", "System Administrator"),
                ("DevOps Engineer", "Site Reliability Engineer", "Cloud Engineer"),
                ("Senior DevOps Engineer", "Platform Engineer", "Lead Site Reliability Engineer"),
            ),
            ("Kubernetes", "Terraform", "AWS", "Docker", "Linux"),
            ("Ansible", "Prometheus", "Python", "Go", "GitLab CI", "Azure", "Networking", "PostgreSQL"),
            ("Computer Science", "Telecommunications", "Systems Engineering"),
            (
                "Moved eighty services to {a}, described in {b}.",
                "Set up alerts that wake somebody only when it matters, with {a}.",
                "Brought the time from commit to production down to ten minutes using {b}.",
                "Cut the cloud bill by a third after measuring with {a}.",
            ),
        ),
        Family(
            "security",
            "security of applications and networks",
            (
                ("Junior Security Analyst", "Security Analyst"),
                ("Security Engineer", "Application Security Engineer"),
                ("Senior Security Engineer", "Lead Security Engineer"),
            ),
            ("Application security", "Linux", "Networking", "Python", "Threat modelling"),
            ("ISO 27001", "Penetration testing", "AWS", "Kubernetes", "Cryptography", "Incident response"),
            ("Computer Science", "Information Security", "Telecommunications"),
            (
                "Ran the reviews of new designs, with {a} and {b}.",
                "Led the answer to two incidents and wrote down what was learned about {a}.",
                "Brought the company through its audit of {b}.",
            ),
        ),
        Family(
            "product",
            "digital products",
            (
                ("Associate Product Manager", "Business Analyst"),
                ("Product Manager", "Product Owner", "Product Manager"),
                ("Senior Product Manager", "Head of Product"),
            ),
            ("Product strategy", "Roadmapping", "User research", "Agile", "SQL"),
            ("A/B testing", "Figma", "Jira", "Pricing", "Public speaking", "Data modelling"),
            (*_MANAGING, "Computer Science"),
            (
                "Took a product for small shops from interviews to ten thousand accounts; did the {a}.",
                "Said no to most of the backlog, and why, with {a}.",
                "Ran three pricing tests with the finance team using {b}.",
                "Brought {a} and {b} to two teams that had neither.",
            ),
        ),
        Family(
            "design",
            "design of digital products",
            (
                ("Junior UX Designer", "UI Designer"),
                ("UX Designer", "Product Designer", "UX Researcher"),
                ("Senior Product Designer", "Lead UX Designer"),
            ),
            ("Figma", "User research", "Prototyping", "Interaction design", "Accessibility"),
            ("CSS", "HTML", "Design systems", "Illustration", "Usability testing", "Typography"),
            ("Interaction Design", "Graphic Design", "Psychology"),
            (
                "Drew and tested the new onboarding in {a}; twice as many people finish it.",
                "Ran monthly sessions of {b} with customers.",
                "Keeps the design system, from {a} to code.",
            ),
        ),
        Family(
            "sales",
            "sales to companies",
            (
                ("Sales Development Representative", "Junior Account Executive"),
                ("Account Executive", "Sales Manager", "Key Account Manager"),
                ("Senior Sales Manager", "Head of Sales"),
            ),
            ("Negotiation", "B2B sales", "CRM", "Salesforce", "Forecasting"),
            ("Cold calling", "Public speaking", "Excel", "Pricing", "Contract law", "Partnerships"),
            _MANAGING,
            (
                "Opened the market in two countries; {a} from first call to contract.",
                "Led a team of seven that beat its target three years in a row; {b}.",
                "Brought order to the pipeline with {a} and {b}.",
                "Won back four large accounts by {a}.",
            ),
        ),
        Family(
            "customer success",
            "care for customers after the sale",
            (
                ("Customer Support Specialist", "Junior Customer Success Manager"),
                ("Customer Success Manager", "Implementation Consultant"),
                ("Senior Customer Success Manager", "Head of Customer Success"),
            ),
            ("Onboarding", "CRM", "Customer retention", "Negotiation", "Public speaking"),
            ("Excel", "SQL", "Salesforce", "Training", "Project management", "Zendesk"),
            (*_MANAGING, "Communication"),
            (
                "Looked after sixty customers; {a} rose to 97 per cent.",
                "Wrote the {a} that new customers now follow by themselves.",
                "Turned complaints into the three fixes that mattered, using {b}.",
            ),
        ),
        Family(
            "marketing",
            "marketing of products and brands",
            (
                ("Marketing Assistant", "Content Writer"),
                ("Marketing Manager", "Content Marketing Manager", "Growth Marketer"),
                ("Senior Marketing Manager", "Head of Marketing"),
            ),
            ("SEO", "Content marketing", "Google Analytics", "Copywriting", "Campaign management"),
            ("Social media", "Excel", "A/B testing", "Public relations", "Figma", "Marketing automation"),
            ("Marketing", "Communication", "Business Administration"),
            (
                "Doubled the visits that come from search with {a}.",
                "Ran the launch in five countries: {a}, {b}, events.",
                "Measured what each campaign brings with {b}, and stopped half of them.",
            ),
        ),
        Family(
            "people",
            "hiring and development of people",
            (
                ("HR Assistant", "Junior Recruiter"),
                ("HR Business Partner", "Talent Acquisition Specialist", "Technical Recruiter"),
                ("Senior HR Business Partner", "Head of People"),
            ),
            ("Recruiting", "Labour law", "Interviewing", "Onboarding", "Compensation"),
            ("Excel", "Training", "Employer branding", "Negotiation", "Change management"),
            ("Human Resources", "Psychology", "Law"),
            (
                "Hired sixty people in a year and stayed to see how they did; {a}.",
                "Wrote a fair grid of pay with finance: {b}.",
                "Trained managers in {a} and {b}.",
            ),
        ),
        Family(
            "finance",
            "accounting and control",
            (
                ("Junior Accountant", "Accounts Payable Clerk"),
                ("Accountant", "Financial Controller", "Financial Analyst"),
                ("Senior Financial Controller", "Head of Finance"),
            ),
            ("Accounting", "IFRS", "Excel", "Budgeting", "Forecasting"),
            ("SAP", "SQL", "Power BI", "Audit", "Tax", "Negotiation"),
            ("Finance", "Economics", "Accounting"),
            (
                "Closes the month in four days instead of nine, thanks to {a}.",
                "Built the budget of two business units in {b}.",
                "Brought the subsidiary through its first {a} audit.",
            ),
        ),
    )
}
